// A simple classifier on frozen features (docs/probe.md). Free of libtorch.
//
//   const auto found = tvts::api::probe({.train = "train.csv", .test = "test.csv", .output = "out"});
//   std::cout << found.top1 << " % of " << found.items << "\n";
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tvts/api/evaluate.h"

namespace tvts::api {

// Options of the classifier's training.
struct ProbeOptions {
  std::string method = "sgd";      // "sgd" as the paper's, "lbfgs", "least-squares", "knn"
  bool standardize = false;        // every dimension to mean 0 and deviation 1 over the training
  std::uint64_t seed = 0;          // sgd: of the order of items
  std::int64_t epochs = 100;       // sgd
  std::int64_t batch_size = 512;   // sgd: items of a step
  double learning_rate = 0.1;      // sgd
  double momentum = 0.9;           // sgd
  std::optional<double> l2;        // lbfgs, least-squares: weight of |weights|^2 / 2; none: 1 / training items
  std::int64_t iterations = 1000;  // lbfgs, at most
  std::int64_t neighbours = 20;    // knn
  double temperature = 0.07;       // knn
};

// The request of `tvts probe`: either a benchmark with `data`, or both `train` and `test`.
struct ProbeRequest {
  std::string benchmark;    // hmdb51, ucf101 or k400: its training and test videos
  std::string data;         // folder of the benchmark
  std::string annotations;  // of it: file or folder; empty: looked for in `data`
  std::string videos;       // folder; empty: the usual places in `data`
  std::string classes;      // file of class names; empty: looked for
  int split = 1;            // of HMDB-51 and UCF-101, 1 to 3

  // A table of videos and labels (csv, tsv, jsonl), a store folder, or FILE.npy [items, E].
  std::string train, test;
  // Of a store a table, of FILE.npy one label a line or int64 .npy [items]; empty: in the rows.
  std::string train_labels, test_labels;
  std::string path_column = "path", label_column = "label";  // of tables

  std::string output;  // folder of the results, and of stores of the features of videos
  ProbeOptions probe;
  ModelSource model;       // of videos; precision "auto": that of the rows that are there already
  VideoOptions video;      // of videos; its `normalize` does not apply
  bool normalize = false;  // of videos: features of length 1; else they keep their length
};

struct ProbePrediction {
  std::string path;           // of the test item; empty: not known, as of a .npy
  double start = 0, end = 0;  // seconds
  std::string label;          // the right one
  double credit = 0;          // towards top-1: 0 to 1; classes of equal score share it
  std::vector<float> scores;  // [classes]
};

struct ProbeResult {
  std::vector<std::string> classes;                       // of the training items
  std::size_t items = 0;                                  // of the test
  double top1 = 0, top5 = 0;                              // percent of the test items
  Interval top1_interval;                                 // over the choice of the test items
  double mean_per_class = 0;                              // top-1, percent, over the classes that have test items
  std::vector<ClassResult> per_class;                     // [classes]
  std::vector<std::uint64_t> confusion;                   // [classes, classes], right x predicted
  std::vector<double> losses;                             // sgd: of every epoch; lbfgs: of every evaluation; else none
  std::vector<ProbePrediction> predictions;               // of the test items, in their order
  std::vector<std::string> missing_train, missing_test;   // paths with a label and no features
  std::size_t unlabelled_train = 0, unlabelled_test = 0;  // rows left out because the list of labels lacks them
};

// Trains on `train`, tests on `test`, embedding into output/train and output/test what of the videos is not there yet,
// and writes the files that the command writes into `output`: probe.json, probe.html, predictions.jsonl, and of a
// linear probe probe.safetensors. A call that was stopped is simply made again. Many threads may call it for different
// folders. Stages of run: "videos", and of the training "passes over the training items" or "items". The training
// computes on OpenMP's threads.
// Throws Error(kUsage) when fields make no sense together or the rows that are there were made in another way,
// Error(kInput) when features, labels, videos or the model cannot be read or do not fit together, Error(kFailed) when a
// file cannot be written, Error(kInterrupted) on stop.
TVTS_API ProbeResult probe(const ProbeRequest& request, const Run& run = {});

}  // namespace tvts::api
