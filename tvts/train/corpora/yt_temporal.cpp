// YT-Temporal: a tab-separated list with a column Name of FOLDER/data/ID.mp4, annotations at
// FOLDER/annotations/ID.json.
#include <vector>

#include "tvts/core/error.h"
#include "tvts/media/inputs/csv.h"
#include "tvts/media/inputs/file_text.h"
#include "tvts/media/inputs/media_names.h"
#include "tvts/train/corpora/annotation.h"
#include "tvts/train/corpora/corpus_forms.h"

namespace tvts {
namespace {

constexpr std::size_t kLongestAnnotation = std::size_t{64} << 20;  // bytes
constexpr std::string_view kVideoFolder = "data/";

// "subset_87/data/ID.mp4" -> "subset_87/"; nothing for a name of another form.
std::optional<std::string_view> outer_folder(std::string_view name) {
  const std::string_view folder = name.substr(0, name.size() - base_name(name).size());
  if (!folder.ends_with(kVideoFolder) || file_stem(name).empty()) return std::nullopt;
  const std::string_view outer = folder.substr(0, folder.size() - kVideoFolder.size());
  return outer.empty() || outer.ends_with('/') ? std::optional(outer) : std::nullopt;
}

class YtTemporal : public Corpus {
 public:
  explicit YtTemporal(const CorpusOptions& options) : Corpus(options) {
    const std::string list = read_text_file(options.list);
    CsvReader reader(list, options.list, {.delimiter = '\t', .quotes = CsvDialect::Quotes::kNone});
    const auto header = reader.next();
    if (!header) return;
    const std::size_t column = find_column(*header, "Name", options.list);
    while (auto record = reader.next()) {
      if (column >= record->fields.size() || !outer_folder(record->fields[column])) {
        fail_input(options.list, ":", record->line, ": found ",
                   column < record->fields.size() ? "\"" + record->fields[column].substr(0, 200) + "\"" : "no name",
                   ", expected a name of the form FOLDER/data/ID.mp4");
      }
      names_.push_back(std::move(record->fields[column]));
    }
  }

  int64_t size() const override { return static_cast<int64_t>(names_.size()); }
  std::string key(int64_t i) const override { return name(i); }
  VideoSource video(int64_t i) const override { return {.path = path_below(options().root, name(i))}; }
  SampleText text(int64_t i) const override {
    const std::string file = concat(*outer_folder(name(i)), "annotations/", file_stem(name(i)), ".json");
    const std::string path = path_below(options().root, file);
    return {.transcript = aligned_transcript(parse_annotation(read_text_file(path, kLongestAnnotation), path))};
  }

 private:
  const std::string& name(int64_t i) const { return names_.at(static_cast<std::size_t>(i)); }

  std::vector<std::string> names_;
};

}  // namespace

std::shared_ptr<const Corpus> open_yt_temporal(const CorpusOptions& options) {
  return std::make_shared<YtTemporal>(options);
}

}  // namespace tvts
