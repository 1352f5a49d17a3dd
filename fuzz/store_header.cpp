// A store's tvts.json: what is read is written and read again as the same.
#include "tvts/store/store_header.h"

#include "fuzz/support/input_file.h"
#include "fuzz/support/target.h"
#include "tvts/core/error.h"

namespace tvts::fuzz {

void one_input(Bytes input) {
  const std::string path = input_file("tvts.json", input);
  is_store_header(path);
  const StoreHeader header = read_store_header(path);
  const std::string written = to_json(header);
  const StoreHeader again = read_store_header(input_file("again.json", std::as_bytes(std::span(written))));
  TVTS_ASSERT(again == header);
}

}  // namespace tvts::fuzz
