// Evaluation on benchmarks as they lie on the disk (docs/evaluation.md). Free of libtorch.
//
//   const auto found = tvts::api::evaluate({.benchmarks = {"msrvtt"}, .data = "MSRVTT/", .model = {.file =
//   "m.safetensors"}}); for (const auto& measure : found[0].measures) std::cout << measure.title << " " <<
//   measure.value << "\n";
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tvts/api/tvts.h"

namespace tvts::api {

// The request of `tvts eval BENCHMARK...`; the fields have the names of its options.
struct EvaluateRequest {
  // msrvtt, didemo, lsmdc, webvid, hmdb51, ucf101, k400, ssv2-mc; retrieval, actions, mc for tables of your own.
  std::vector<std::string> benchmarks;
  std::string data;  // folder of the data set, or of several, each under its name here; of an own table: the file
  std::string annotations;         // file or folder; empty: looked for in `data`. Of a single benchmark
  std::string form;                // of the annotations; empty: told by name and content. Of a single benchmark
  std::string videos;              // folder; empty: the usual places in `data`
  std::string classes;             // file of class names; empty: looked for
  int split = 1;                   // of HMDB-51 and UCF-101, 1 to 3
  std::string first_row = "auto";  // of a list: "auto", "header", "data"
  std::string captions = "one";    // MSR-VTT: "one", as the 1k-A protocol takes it, or "all"
  std::string path_column = "path", caption_column = "caption", label_column = "label";  // of an own table

  std::vector<std::string> templates;  // sentences with {} in place of a class; empty: the data set's, else the paper's
  std::string ties = "published";      // text to video: the best of equal ranks, or "mean"
  std::string short_clips = "zeros";   // frames that a video lacks: "zeros" (published) or "repeat"
  std::string frame_count =
      "decoded";                  // frames to choose from: "decoded", or "promised" as the published reader counts
  std::uint64_t seed = 0;         // of the bootstrap and of options that are drawn
  std::size_t resamples = 10000;  // of the bootstrap, 100 or more

  // Instead of a model, of "retrieval" alone: FILE.npy [videos, E] and [texts, E]. Without `data` the texts follow the
  // videos' order, as many for each.
  std::string video_features, text_features;

  std::string output = "evaluation";  // folder of the results, and of the embedded videos
  bool overwrite = false;             // embed all videos anew; else what is there already is not embedded again
  bool retry_failed = false;          // try again the videos that failed before

  ModelSource model;   // precision "auto": that of the rows that are there already
  VideoOptions video;  // without windows; its `normalize` does not apply
};

struct Interval {
  double low = 0, high = 0;  // 95 %
};

struct Measure {
  std::string key;    // "t2v_r1"
  std::string title;  // "text to video, R@1"
  int decimals = 1;   // that a table shows
  double value = 0;
  std::optional<Interval> interval;  // of means, by the bootstrap over the items
};

struct Prediction {
  std::string text;  // the video, text, class or option that was chosen
  double score = 0;  // cosine
};

struct EvaluatedItem {
  std::string question;                 // "t2v", "v2t", "action", "choice"
  std::string video;                    // its name in the annotations
  std::string text;                     // t2v: the query; action: the right class; choice: the right option; v2t: empty
  double credit = 0;                    // towards R@1 or top-1: 0 to 100
  double rank = 0;                      // of what is right, 1 is best
  std::optional<double> dsl_rank;       // with the dual softmax, where the benchmark has it
  std::vector<Prediction> predictions;  // best first
};

struct ClassResult {
  std::string name;
  std::size_t items = 0;  // of the test
  double top1 = 0;        // percent
};

struct MissingVideo {
  std::string video;   // its name in the annotations
  std::string status;  // "missing", "unreadable"
  std::string reason;
};

// The result of one benchmark.
struct Evaluation {
  std::string benchmark;  // "msrvtt"
  std::vector<Measure> measures;
  std::vector<EvaluatedItem> items;
  std::vector<ClassResult> classes;      // actions alone
  std::vector<std::uint64_t> confusion;  // [classes, classes], right x predicted; empty where they are too many
  std::vector<MissingVideo> missing;     // videos without features, whose items were left out
  std::vector<std::string> differences;  // sentences: in what this is not the paper's protocol
  std::string manifest;                  // JSON: everything that decided the result (docs/evaluation.md)
};

// Embeds what of the benchmarks' videos is not in output/BENCHMARK/videos yet, evaluates, and writes the files that the
// command writes into `output`: result.json, items.jsonl, missing.jsonl and confusion.png of each benchmark, and
// evaluation.html. In the order of `benchmarks`. A call that was stopped is simply made again. Many threads may call it
// for different folders. Stages of run: "videos looked at", "videos", "texts".
// Throws Error(kUsage) when fields make no sense together or the rows that are there were made in another way,
// Error(kInput) when annotations, features or the model cannot be read or no video is there, Error(kFailed) when a file
// cannot be written, Error(kInterrupted) on stop: no result is written then.
TVTS_API std::vector<Evaluation> evaluate(const EvaluateRequest& request, const Run& run = {});

// The same with a model that is loaded already; request.model does not apply.
TVTS_API std::vector<Evaluation> evaluate(const Model& model, const EvaluateRequest& request, const Run& run = {});

// The videos of a benchmark that are missing or unreadable.
struct BenchmarkCheck {
  std::string benchmark;
  std::size_t videos = 0;  // that it has
  std::vector<MissingVideo> missing;
};

// Looks for missing and unreadable videos, without a model, and writes missing.jsonl of each benchmark. Throws as
// evaluate().
TVTS_API std::vector<BenchmarkCheck> check_benchmarks(const EvaluateRequest& request, const Run& run = {});

}  // namespace tvts::api
