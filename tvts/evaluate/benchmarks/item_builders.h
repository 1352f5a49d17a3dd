// Adds rows to a benchmark, and refuses rows with impossible values.
#pragma once

#include <string>
#include <unordered_map>

#include "tvts/evaluate/benchmarks/benchmark.h"
#include "tvts/evaluate/benchmarks/video_files.h"

namespace tvts {

class CaptionBuilder {
 public:
  enum class Repeats { kAreErrors, kAreCaptions };  // a video that comes again
  CaptionBuilder(Benchmark& benchmark, VideoFiles& files, Repeats repeats)
      : benchmark_(benchmark), files_(files), repeats_(repeats) {}

  // Throws Error(kInput) that begins with `where` on an empty caption or name, or a video that may not come again.
  void add(const std::string& where, const VideoName& video, const std::string& caption);

 private:
  struct Seen {
    std::size_t video;
    std::string where;
  };
  Benchmark& benchmark_;
  VideoFiles& files_;
  const Repeats repeats_;
  std::unordered_map<std::string, Seen> seen_;
};

// For actions and choice: one answer a video.
class AnswerBuilder {
 public:
  AnswerBuilder(Benchmark& benchmark, VideoFiles& files) : benchmark_(benchmark), files_(files) {}

  // Throws Error(kInput) that begins with `where` on a video that came before, or an answer that is not below `count`.
  // first: the number that counts as the first class in the file, for the message.
  void add(const std::string& where, const VideoName& video, std::size_t answer, std::size_t count,
           std::size_t first = 0);

 private:
  Benchmark& benchmark_;
  VideoFiles& files_;
  std::unordered_map<std::string, std::string> seen_;  // name -> where
};

}  // namespace tvts
