// The flags of `tvts eval BENCHMARK`, and the options that they are resolved to.
#pragma once

#include <optional>

#include "cli/model_options.h"
#include "cli/video_options.h"
#include "tvts/evaluate/benchmarks/open_benchmark.h"
#include "tvts/evaluate/results/evaluate.h"
#include "tvts/evaluate/results/manifest.h"

namespace tvts::cli {

struct EvalOptions {
  std::vector<std::string> benchmarks;  // the subcommand's first
  std::string data;
  BenchmarkOptions benchmark;
  std::string first_row = "auto";
  std::string captions = "one";
  std::vector<std::string> templates;  // empty: the data set's, else the paper's
  std::string ties = "published";
  std::string short_clips = "zeros";
  std::string frame_count = "decoded";
  std::string video_features, text_features;
  std::size_t resamples = BootstrapOptions().resamples;
  std::string output = "evaluation";
  bool check = false;
  bool json = false;
  bool overwrite = false;
  bool retry_failed = false;
  ModelOptions model;
  VideoOptions video;
};

void declare(CLI::App& command, EvalOptions& options);

// Throws Error(kUsage) on values that make no sense together; fills in what names stand for.
void resolve(EvalOptions& options);

// The folder of a benchmark: --data itself, or the folder of that name in it.
BenchmarkOptions benchmark_options(const EvalOptions& options, const std::string& name);

EvaluateOptions evaluate_options(const EvalOptions& options);

// The options of a run by its flags; `embed` is how videos were embedded.
void describe(Manifest& manifest, const EvalOptions& options);

}  // namespace tvts::cli
