// A benchmark as read from its files: videos, and the questions about them. Every data set, in whatever form it lies on
// the disk, becomes one of these.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tvts {

enum class BenchmarkTask {
  kRetrieval,  // texts, each of one video
  kActions,    // a class of each video
  kChoice      // a sentence out of several for each video
};

enum class FoundBy {
  kName,        // as the annotations have it
  kOtherName,   // another extension, a renamed folder or none
  kOtherTimes,  // its id, with other times than the annotations have
  kIdAlone,     // its id, without times
  kNothing
};

struct BenchmarkVideo {
  std::string name;     // as the annotations call it; no two of a benchmark are the same
  std::string path;     // where it is, or where it was looked for first
  std::string problem;  // why no file was taken for it; empty: one was
  FoundBy found_by = FoundBy::kName;
};

struct Benchmark {
  std::string name;  // "msrvtt"
  BenchmarkTask task = BenchmarkTask::kRetrieval;
  std::string form;                   // how the annotations were written: "jsfusion-csv"
  std::vector<std::string> files;     // the annotation files that were read
  std::vector<std::string> warnings;  // remarks to be printed before the numbers
  std::vector<BenchmarkVideo> videos;

  // Retrieval.
  std::vector<std::string> texts;
  std::vector<std::size_t> video_of_text;  // [texts]

  // Actions and choice: the right class or option.
  std::vector<std::size_t> answers;  // [videos]

  // Actions.
  std::vector<std::string> classes;    // as they stand in a sentence
  std::vector<std::string> templates;  // sentences with {} in place of the class

  // Choice: as many for every video.
  std::vector<std::vector<std::string>> options;  // [videos][options]
};

// The same for the same names, texts and answers, wherever the files lie and in whatever form; templates apart.
std::string split_sha256(const Benchmark& benchmark);

// The benchmark of those videos alone: true stays. Texts of the others go with them.
Benchmark with_videos(const Benchmark& benchmark, const std::vector<bool>& stays);

}  // namespace tvts
