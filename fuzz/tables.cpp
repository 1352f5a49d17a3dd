// Tables (csv, tsv, jsonl) and patterns of names: every row is an item with a path or an error, never both missing.
#include <cmath>

#include "fuzz/support/target.h"
#include "fuzz/support/text.h"
#include "tvts/core/error.h"
#include "tvts/media/inputs/brace_pattern.h"
#include "tvts/media/inputs/file_text.h"
#include "tvts/media/inputs/input_list.h"
#include "tvts/media/inputs/table.h"

namespace tvts::fuzz {

void one_input(Bytes input) {
  const std::string names[] = {"t.csv", "t.tsv", "t.jsonl"};
  const std::size_t form = take_choice(input, std::size(names) + 1);
  if (form == std::size(names)) {
    expand_braces(std::string(text_of(input)));
    return;
  }
  for (const MediaItem& item : read_table(decoded_text(std::string(text_of(input))), names[form], InputOptions{})) {
    TVTS_ASSERT(!item.path.empty() || !item.error.empty());
    const double start = item.start_seconds.value_or(0), end = item.end_seconds.value_or(HUGE_VAL);
    TVTS_ASSERT(!item.error.empty() || (0 <= start && start < end));
  }
}

}  // namespace tvts::fuzz
