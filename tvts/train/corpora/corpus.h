// A training data set: the number of its samples, and the video and the text of each. The forms are
// docs/formats-data.md.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "tvts/train/corpora/transcript.h"

namespace tvts {

// One training data set, from the configuration of a run.
struct CorpusOptions {
  std::string name;      // "yt", "webvid": names its random streams and its log fields
  std::string form;      // "yt-temporal", "webvid", "webvid-csv", "shards" or "table"
  std::string list;      // the list, table or csv file; of shards: a pattern such as "shards/{00000..00099}.tar"
  std::string root;      // the folder that the list's paths are below; not used by shards
  int64_t segments = 1;  // K: transcripts a clip (yt-temporal, shards with transcripts); else 1, the caption
  // Columns of tables.
  std::string path_column = "path";
  std::string caption_column = "caption";
  std::string start_column = "start";
  std::string end_column = "end";
};

// The location of a sample's video or picture, before anything is read of it.
struct VideoSource {
  std::string path;                                  // the file, or the tar shard that holds it
  std::string member;                                // its name in the shard; empty: the whole file
  int64_t offset = 0, size_bytes = 0;                // in the shard
  std::optional<double> start_seconds, end_seconds;  // only [start, end) of it

  std::string name() const { return member.empty() ? path : path + "/" + member; }
};

// The text of a sample: its caption or, where transcript is set, words with times.
struct SampleText {
  std::string caption;
  std::optional<Transcript> transcript;
};

// Immutable once opened: any number of threads may read.
class Corpus {
 public:
  explicit Corpus(CorpusOptions options) : options_(std::move(options)) {}
  virtual ~Corpus() = default;

  const CorpusOptions& options() const { return options_; }
  virtual int64_t size() const = 0;
  // 0 <= i < size().
  virtual std::string key(int64_t i) const = 0;  // a short name, for messages and logs
  virtual VideoSource video(int64_t i) const = 0;
  // Reads and aligns the sample's annotation. Throws Error(kInput) that names the file.
  virtual SampleText text(int64_t i) const = 0;

 private:
  CorpusOptions options_;
};

// True if samples of the form may have transcripts, so that one has K texts. Throws Error(kUsage) for no form.
bool has_transcripts(const std::string& form);

// Reads the list, not the samples. Throws Error(kInput) with file and line, Error(kUsage) for options that make no
// sense.
std::shared_ptr<const Corpus> open_corpus(const CorpusOptions& options);

}  // namespace tvts
