// The public interface of libtvts: files in, rows of float32 numbers out; stores and search. Free of libtorch, so that
// a program that includes it compiles in a second and links libtvts alone.
//
//   const auto model = tvts::api::Model::load("ViT-B-32.safetensors");
//   const auto videos = tvts::api::embed_videos(model, {"clips/"});
//   const auto texts = tvts::api::encode_text(model, {"a dog catches a ball"});
//
// Errors are tvts::Error (tvts/core/error.h), one sentence each. The library writes to no stream: set_log() takes what
// it has to say. What is stable: docs/versioning.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "tvts/core/error.h"

#define TVTS_API __attribute__((visibility("default")))

namespace tvts::api {

enum class LogLevel { kInfo, kWarning, kError };
// For the whole process; called from any thread, one call at a time, and calls nothing of tvts itself. Empty, the
// default: nothing is said.
TVTS_API void set_log(std::function<void(LogLevel, const std::string& sentence)> sink);

// Progress and cancellation of a long call; the default is silent and runs to the end.
struct Run {
  std::stop_token stop;  // the call then throws Error(kInterrupted)
  // total: absent where it is not known. From one thread at a time; may throw to end the call.
  std::function<void(std::size_t done, std::size_t failed, std::optional<std::size_t> total)> on_progress;
  // Of a call in several stages, before the progress of each: what it counts, in the plural ("videos", "texts").
  std::function<void(const std::string& unit)> on_stage;
  // For decoding and for clips side by side; 0: the cores this process may use. A single clip of a large model, and
  // texts, are computed by OpenMP's threads, as many as omp_set_num_threads() has set.
  std::size_t threads = 0;
};

struct LoadOptions {
  std::string model;               // what the file should hold: "ViT-B-32", ..., or FILE.json; empty: what it states
  std::string activation;          // "quick_gelu" or "gelu", where a file of others leaves it open
  std::string special_tokens;      // "openai" or "open_clip", likewise
  std::string precision = "auto";  // "fp32", "bf16", "int8", or the fastest of them that is as good as fp32
  std::string device = "cpu";      // "cpu", "cuda", "cuda:1"
};

// A model file and how it is loaded, where a request names one.
struct ModelSource {
  std::string file;  // of Model::load(): empty for the small model
  LoadOptions options;
};

struct ModelInfo {
  std::string path, name, origin, precision;
  std::int64_t embed_dim = 0;   // E
  std::int64_t num_frames = 0;  // T
  std::int64_t image_size = 0;  // R, pixels
};

// A model file made ready to compute. Copies share the weights; const functions may be called from many threads.
class TVTS_API Model {
 public:
  // file: tvts .safetensors, TVTSv2 .pth, OpenAI CLIP .pt, OpenCLIP or Hugging Face weights; empty: the small model
  // that comes with tvts, which was not trained on real video. Throws Error(kInput) when it cannot be read or
  // contradicts the options, Error(kUsage) when an option makes no sense or the device is not there.
  static Model load(const std::string& file = "", const LoadOptions& options = {});

  ModelInfo info() const;

  struct State;
  const State& state() const { return *state_; }

 private:
  explicit Model(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

// The options of making clips from a video and a row from a clip.
struct VideoOptions {
  std::string preprocess;            // "tvtsv2-eval", "tvtsv2-extract", "clip"; empty: what the model file states
  std::string pool;                  // "cls", or "mean" of the frames; empty: what the model file states
  std::int64_t num_frames = 0;       // frames of a clip, at most the model's T; 0: T
  double window = 0;                 // seconds: a row for each window; 0: one for each video
  double stride = 0;                 // seconds between windows' starts; 0: the window
  bool stored_aspect = false;        // ignore the sample aspect ratio
  bool stored_rotation = false;      // ignore the rotation tag
  bool normalize = true;             // rows have length 1
  double time_budget = 1800;         // seconds for one video
  std::size_t memory_budget = 1024;  // MiB for decoding one video or picture
  std::size_t batch_size = 1;        // clips that go through the model together
  std::size_t workers = 0;           // threads that decode; 0: those of the run
};

struct Row {
  std::string path;                   // raw bytes
  double start = 0, end = 0;          // seconds
  std::vector<double> frame_seconds;  // of the frames that were used
  std::string caption, label;         // where the input states them
  std::vector<std::string> warnings;
};

struct Failure {
  std::string path, reason;
};

struct Embeddings {
  std::int64_t dim = 0;         // E
  std::vector<float> vectors;   // [rows, E], row after row
  std::vector<Row> rows;        // in the order of the inputs
  std::vector<Failure> failed;  // inputs that could not be read

  std::span<const float> vector(std::size_t row) const {
    return std::span(vectors).subspan(row * static_cast<std::size_t>(dim), static_cast<std::size_t>(dim));
  }
};

// inputs: files, folders, lists, tables and tar shards (docs/inputs.md); one that is not there has `failed`.
// Throws Error(kInput) when a list cannot be read or a folder holds nothing, Error(kUsage) when an option makes no
// sense, Error(kInterrupted) on stop.
TVTS_API Embeddings embed_videos(const Model& model, const std::vector<std::string>& inputs,
                                 const VideoOptions& options = {}, const Run& run = {});

// float32 [texts, E], row after row, of length 1 by default. Throws Error(kInterrupted) on stop.
TVTS_API std::vector<float> encode_text(const Model& model, const std::vector<std::string>& texts,
                                        bool normalize = true, const Run& run = {});

// Zero-shot class weights (paper 4.3): each label in every template in place of {}, averaged, of length 1:
// [labels, E]. Progress counts the texts of all templates. Throws Error(kUsage) for a template without {},
// Error(kInterrupted) on stop.
TVTS_API std::vector<float> encode_labels(const Model& model, const std::vector<std::string>& labels,
                                          const std::vector<std::string>& templates = {"{}"}, const Run& run = {});

struct ClassifyOptions {
  std::vector<std::string> templates = {"{}"};
  std::size_t k = 5;  // labels of each row
};

struct ScoredLabel {
  std::string label;
  double score = 0;        // cosine
  double probability = 0;  // softmax of all labels' scores over the temperature of training, 0.05
};

struct ClassifiedRow {
  std::string path;
  double start = 0, end = 0;        // seconds
  std::vector<ScoredLabel> labels;  // best first; of equal ones in the order given
};

struct Classification {
  std::vector<ClassifiedRow> rows;  // in the order of the inputs
  std::vector<Failure> failed;      // inputs that could not be read
};

// Zero-shot recognition (paper 4.3): the labels that each row of embed_videos() is nearest to. Throws as
// embed_videos(), and Error(kUsage) for no label, no template or a template without {}.
TVTS_API Classification classify(const Model& model, const std::vector<std::string>& inputs,
                                 const std::vector<std::string>& labels, const ClassifyOptions& options = {},
                                 const VideoOptions& video = {}, const Run& run = {});

struct FillOptions {
  // Make the store anew; else what is there already is not embedded again. The old one stays until the new one is
  // complete, and stays for good where no input gives a row.
  bool overwrite = false;
  bool retry_failed = false;      // try again what failed before
  std::size_t shard_size = 1000;  // inputs of one shard
};

struct StoreReport {
  std::size_t pending = 0;        // inputs that were to be embedded
  std::size_t stored_before = 0;  // inputs that the store had already
  std::size_t failed_before = 0;  // inputs that were not tried again
  std::size_t rows = 0;           // that the store holds now; 0 where overwriting left the old one
  std::size_t replaced = 0;       // rows whose file had changed
  std::size_t vanished = 0;       // rows whose file is gone
  std::vector<Failure> failed;    // inputs that could not be read, this time
};

// Embeds inputs into a store, a folder that Store::open() and `tvts search` read, or what of them is missing there. A
// call that was stopped or killed is simply made again. One at a time for each folder.
// Throws Error(kUsage) when the store was made in another way, Error(kInput) as embed_videos(), Error(kFailed) when it
// cannot be written, Error(kInterrupted) on stop: what is done by then is kept.
TVTS_API StoreReport fill_store(const Model& model, const std::vector<std::string>& inputs, const std::string& folder,
                                const FillOptions& options = {}, const VideoOptions& video = {}, const Run& run = {});

struct SearchOptions {
  std::size_t k = 10;  // the most hits
  double min_score = -std::numeric_limits<double>::infinity();
  std::optional<double> max_p, min_z;  // of texts alone (docs/formats-store.md)
  bool per_video = false;              // of each video its best window only
};

struct Hit {
  std::string path;
  double start = 0, end = 0;   // seconds
  float score = 0;             // dot product
  std::optional<double> p, z;  // of texts, where the store has score statistics
  bool p_is_bound = false;     // the chance is below p
};

// A store that `tvts embed` wrote, opened for search. Copies share it; const functions may be called from many threads.
class TVTS_API Store {
 public:
  // A folder, or v.npy with v.jsonl beside it. Throws Error(kInput) naming file and row.
  static Store open(const std::string& path);

  std::size_t size() const;        // rows
  std::int64_t dim() const;        // E
  std::string model_path() const;  // where the model that made the rows was; empty: not known

  // What a row shows, and its numbers: float32 [E] in a mapped file, there as long as a copy of this store lives.
  // Throw Error(kUsage) when there is no such row.
  Row row(std::size_t index) const;
  std::span<const float> vector(std::size_t index) const;

  // The model that made the rows, from where it was or from `file`. Throws Error(kInput) when it is not there or is
  // another, and as Model::load().
  Model load_model(const std::string& file = "", const std::string& device = "cpu") const;

  // The query of a video or a picture, read as the store's videos were, in one clip: float32 [E]. model: of
  // load_model(). Throws Error(kInput) when it cannot be read or the store does not say how its videos were,
  // Error(kInterrupted) on stop.
  std::vector<float> encode_query(const Model& model, const std::string& path, const Run& run = {}) const;

  // query: float32 [E], of length 1; is_text: its hits carry p and z. Best first; equal scores in the order of the
  // rows. Throws Error(kInput) when E differs or a file of the store was cut short, Error(kUsage) when an option makes
  // no sense, Error(kInterrupted) on a stop before the rows are read.
  std::vector<Hit> search(std::span<const float> query, bool is_text, const SearchOptions& options = {},
                          const Run& run = {}) const;

  struct State;

 private:
  explicit Store(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

TVTS_API std::string version();

}  // namespace tvts::api
