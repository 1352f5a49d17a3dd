// Adds rows to a benchmark, and refuses rows with impossible values.
#pragma once

#include <string>
#include <unordered_map>

#include "tvts/evaluate/benchmarks/benchmark.h"
#include "tvts/evaluate/benchmarks/video_files.h"

namespace tvts {

// The videos that came before.
class SeenVideos {
 public:
  explicit SeenVideos(VideoFiles& files) : files_(files) {}

  struct Video {
    std::size_t number;  // in the benchmark
    std::string where;   // it came first
    bool is_new;
  };
  // A new one is added to the benchmark.
  Video add(const std::string& where, const VideoName& name, Benchmark& benchmark);

 private:
  struct Place {
    std::size_t number;
    std::string where;
  };
  VideoFiles& files_;
  std::unordered_map<std::string, Place> by_name_, by_identity_;
};

class CaptionBuilder {
 public:
  enum class Repeats { kAreErrors, kAreCaptions };  // a video that comes again
  CaptionBuilder(Benchmark& benchmark, VideoFiles& files, Repeats repeats)
      : benchmark_(benchmark), seen_(files), repeats_(repeats) {}

  // Throws Error(kInput) that begins with `where` on an empty caption or name, or a video that may not come again.
  void add(const std::string& where, const VideoName& video, const std::string& caption);

 private:
  Benchmark& benchmark_;
  SeenVideos seen_;
  const Repeats repeats_;
};

// For actions and choice: one answer a video.
class AnswerBuilder {
 public:
  AnswerBuilder(Benchmark& benchmark, VideoFiles& files) : benchmark_(benchmark), seen_(files) {}

  // Throws Error(kInput) that begins with `where` on a video that came before, or an answer that is not below `count`.
  // first: the number that counts as the first class in the file, for the message.
  void add(const std::string& where, const VideoName& video, std::size_t answer, std::size_t count,
           std::size_t first = 0);

 private:
  Benchmark& benchmark_;
  SeenVideos seen_;
};

}  // namespace tvts
