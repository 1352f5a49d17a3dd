#include "tvts/train/corpora/corpus.h"

#include <array>

#include "tvts/core/error.h"
#include "tvts/media/inputs/spelled_path.h"
#include "tvts/train/corpora/corpus_forms.h"

namespace tvts {
namespace {

struct Form {
  const char* name;
  std::shared_ptr<const Corpus> (*open)(const CorpusOptions&);
  bool has_transcripts;
};

constexpr std::array<Form, 5> kForms = {{{"yt-temporal", open_yt_temporal, true},
                                         {"webvid", open_webvid_tsv, false},
                                         {"webvid-csv", open_webvid_csv, false},
                                         {"shards", open_shards, true},
                                         {"table", open_table, false}}};

const Form& form_named(const std::string& name) {
  for (const Form& form : kForms) {
    if (name == form.name) return form;
  }
  fail_usage("found the form of data set \"", name, "\", expected yt-temporal, webvid, webvid-csv, shards or table");
}

}  // namespace

bool has_transcripts(const std::string& form) { return form_named(form).has_transcripts; }

std::shared_ptr<const Corpus> open_corpus(const CorpusOptions& options) {
  constexpr int64_t kMostSegments = 1024;
  const Form& form = form_named(options.form);
  if (options.segments < 1 || options.segments > kMostSegments) {
    fail_usage("segments: found ", options.segments, ", expected 1 to ", kMostSegments);
  }
  if (options.segments > 1 && !form.has_transcripts) {
    fail_usage("segments: found ", options.segments, " for the form ", form.name, ", which has one caption a clip");
  }
  auto corpus = form.open(options);
  if (corpus->size() == 0) fail_input(options.list, ": found no sample, expected one or more");
  return corpus;
}

std::string path_below(const std::string& root, const std::string& path) {
  return as_spelled(root.empty() || path.starts_with('/') ? path : root + "/" + path);
}

}  // namespace tvts
