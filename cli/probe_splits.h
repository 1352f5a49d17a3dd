// Reads the training and test splits of `tvts probe` from a benchmark, tables of videos, stores or arrays.
#pragma once

#include <utility>

#include "cli/model_options.h"
#include "cli/video_options.h"
#include "tvts/evaluate/benchmarks/open_benchmark.h"
#include "tvts/evaluate/probe/probe_set.h"
#include "tvts/media/inputs/input_list.h"

namespace tvts::cli {

struct ProbeSource {
  std::string benchmark;  // empty: --train and --test
  BenchmarkOptions data;
  std::string train, test;
  std::string train_labels, test_labels;
  tvts::InputOptions lists;
  ModelOptions model;
  VideoOptions video;
  bool normalize = false;
  std::string output;  // folder of the stores of what is embedded
};

void declare(CLI::App& command, ProbeSource& source);

// The training and the test split, embedding what is not there yet.
// Throws Error(kUsage) on flags that make no sense together, and what reading and embedding throw.
std::pair<ProbeSet, ProbeSet> read_splits(const ProbeSource& source);

}  // namespace tvts::cli
