// Pickles alone: every reference is in range and every tensor lies inside its storage.
#include "tvts/model/weights/pickle.h"

#include "fuzz/support/target.h"
#include "tvts/core/error.h"

namespace tvts::fuzz {

void one_input(Bytes input) {
  static const std::vector<std::byte> storage(256);
  const Pickle pickle = read_pickle(input, "input", [](const std::string&) { return Bytes(storage); });
  const auto require = [&](PickleRef ref) { TVTS_ASSERT(ref < pickle.values.size()); };
  require(pickle.root);
  for (const PickleValue& value : pickle.values) {
    require(value.state);
    for (const PickleRef item : value.items) require(item);
    if (value.kind == PickleValue::Kind::kTensor) require_inside_storage(value.tensor, "a tensor");
  }
}

}  // namespace tvts::fuzz
