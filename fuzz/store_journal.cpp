// A store's journal: what is valid of it adds up, and is read again when it is written again.
#include "tvts/store/journal.h"

#include <algorithm>

#include "fuzz/support/input_file.h"
#include "fuzz/support/target.h"
#include "tvts/core/error.h"

namespace tvts::fuzz {
namespace {

constexpr std::size_t kDim = 2;

bool same(const JournalGroup& a, const JournalGroup& b) {
  return a.items == b.items && a.rows == b.rows && a.row_lines == b.row_lines && a.error_lines == b.error_lines &&
         a.embeddings == b.embeddings;
}

}  // namespace

void one_input(Bytes input) {
  const JournalContent content = read_journal(input_file("journal", input), kDim);
  TVTS_ASSERT(content.valid_bytes <= input.size());
  for (const JournalGroup& group : content.groups) {
    TVTS_ASSERT(group.embeddings.size() == group.rows * kDim * sizeof(float));
    TVTS_ASSERT(static_cast<uint64_t>(std::ranges::count(group.row_lines, '\n')) == group.rows);
  }
  const std::string path = scratch_folder() + "/again";
  Journal journal = Journal::create(path, content.tag);
  for (const JournalGroup& group : content.groups) journal.append(group);
  const JournalContent again = read_journal(path, kDim);
  TVTS_ASSERT(again.tag == content.tag);
  TVTS_ASSERT(std::ranges::equal(again.groups, content.groups, same));
}

}  // namespace tvts::fuzz
