// WebVid, in the tab-separated form (caption, page_dir/videoid) and in its original csv; videos at
// ROOT/page_dir/videoid.mp4.
#include "tvts/core/error.h"
#include "tvts/media/inputs/csv.h"
#include "tvts/media/inputs/file_text.h"
#include "tvts/train/corpora/captioned_list.h"
#include "tvts/train/corpora/corpus_forms.h"

namespace tvts {
namespace {

std::string video_file(const std::string& page_dir, const std::string& video_id) {
  return (page_dir.empty() ? "" : page_dir + "/") + video_id + ".mp4";
}

// The original names videos by their page and a number.
CaptionedRow csv_row(const CsvRecord& record, std::size_t id, std::size_t page, std::size_t name) {
  return {.path = video_file(record.fields[page], record.fields[id]), .caption = record.fields[name]};
}

}  // namespace

std::shared_ptr<const Corpus> open_webvid_tsv(const CorpusOptions& options) {
  const std::string list = read_text_file(options.list);
  CsvReader reader(list, options.list, {.delimiter = '\t', .quotes = CsvDialect::Quotes::kNone});
  std::vector<CaptionedRow> rows;
  for (bool first = true; auto record = reader.next(); first = false) {
    std::vector<std::string>& fields = record->fields;
    if (fields.size() < 2 || fields[1].empty()) {
      fail_input(options.list, ":", record->line, ": found ", fields.size(),
                 " fields, expected two between tabs: the caption and page_dir/videoid");
    }
    if (first && fields[1].find('/') == std::string::npos) continue;  // a header
    rows.push_back({.path = video_file("", fields[1]), .caption = std::move(fields[0])});
  }
  return std::make_shared<CaptionedList>(options, std::move(rows));
}

std::shared_ptr<const Corpus> open_webvid_csv(const CorpusOptions& options) {
  const std::string list = read_text_file(options.list);
  CsvReader reader(list, options.list);
  std::vector<CaptionedRow> rows;
  const auto header = reader.next();
  if (!header) return std::make_shared<CaptionedList>(options, std::move(rows));
  const auto column = [&](const char* name) { return find_column(*header, name, options.list); };
  const std::size_t id = column("videoid"), page = column("page_dir"), name = column("name");
  while (const auto record = reader.next()) {
    if (record->fields.size() != header->fields.size()) {
      fail_input(options.list, ":", record->line, ": found ", record->fields.size(), " fields, expected ",
                 header->fields.size(), " as in the header");
    }
    rows.push_back(csv_row(*record, id, page, name));
  }
  return std::make_shared<CaptionedList>(options, std::move(rows));
}

}  // namespace tvts
