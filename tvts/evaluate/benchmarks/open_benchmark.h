// Opens a Benchmark by the name of its data set and a folder. docs/evaluation.md lists the forms.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tvts/evaluate/benchmarks/benchmark.h"

namespace tvts {

enum class FirstRow {
  kAuto,    // a header where it looks like one
  kHeader,  // never data. On LSMDC's list, which has no header, this is what the published loader does: it loses a row
  kData     // always data
};
FirstRow first_row_named(const std::string& name);  // auto, header, data; throws Error(kUsage)

enum class BenchmarkPart { kTest, kTrain };  // the lists of training videos: data sets of actions alone

struct BenchmarkOptions {
  std::string data;         // the data set's folder; of a user's own table: also the file itself
  std::string annotations;  // file or folder; empty: looked for in `data` and its usual folders
  std::string form;         // empty: recognised by name and content
  std::string videos;       // folder; empty: the usual folders in `data`
  std::string classes;      // file of class names; empty: looked for
  int split = 1;            // of HMDB-51 and UCF-101, 1 to 3
  BenchmarkPart part = BenchmarkPart::kTest;
  FirstRow first_row = FirstRow::kAuto;
  bool all_captions = false;  // MSR-VTT: every caption of a video, not the one that the 1k-A protocol takes
  std::string path_column = "path", caption_column = "caption", label_column = "label";  // of a user's own table
  std::uint64_t seed = 0;  // of what is drawn: SSV2's wrong options, where the official files have none
};

// msrvtt, didemo, lsmdc, webvid, hmdb51, ucf101, k400, ssv2-mc; retrieval, actions, mc for a user's own.
const std::vector<std::string>& benchmark_names();
// The published name: "MSR-VTT"; of a user's own its plain one.
std::string benchmark_title(const std::string& name);

// Reads the annotations and finds the videos; no video is opened. Throws Error(kInput) with file and line where an
// annotation is not as it should be, Error(kUsage) on an unknown name or form.
Benchmark open_benchmark(const std::string& name, const BenchmarkOptions& options);

}  // namespace tvts
