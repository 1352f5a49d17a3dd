// JSON from outside: what is read is written and read again as the same.
#include <nlohmann/json.hpp>

#include "fuzz/support/target.h"
#include "fuzz/support/text.h"
#include "tvts/core/error.h"
#include "tvts/core/json/parse_json.h"

namespace tvts::fuzz {

void one_input(Bytes input) {
  const Json value = parse_json(text_of(input));
  const std::string written = value.dump();
  TVTS_ASSERT(parse_json(written).dump() == written);
}

}  // namespace tvts::fuzz
