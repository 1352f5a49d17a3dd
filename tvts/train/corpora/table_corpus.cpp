// A user's own csv, tsv or jsonl of path, caption[, start, end].
#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/media/inputs/file_text.h"
#include "tvts/media/inputs/table.h"
#include "tvts/train/corpora/captioned_list.h"
#include "tvts/train/corpora/corpus_forms.h"

namespace tvts {

std::shared_ptr<const Corpus> open_table(const CorpusOptions& options) {
  const std::string list = read_text_file(options.list);
  InputOptions columns;
  columns.path_column = options.path_column;
  columns.caption_column = options.caption_column;
  columns.start_column = options.start_column;
  columns.end_column = options.end_column;
  std::vector<CaptionedRow> rows;
  for (MediaItem& item : read_table(list, options.list, columns)) {
    if (!item.error.empty()) fail_input(item.path, ": ", item.error);
    rows.push_back({std::move(item.path), std::move(item.caption), item.start_seconds, item.end_seconds});
  }
  const bool any_caption = std::ranges::any_of(rows, [](const CaptionedRow& row) { return !row.caption.empty(); });
  if (!rows.empty() && !any_caption) {
    fail_input(options.list, ": found no caption in any row, expected them in the column ", options.caption_column);
  }
  return std::make_shared<CaptionedList>(options, std::move(rows));
}

}  // namespace tvts
