#include "tvts/evaluate/benchmarks/benchmark.h"

#include <span>

#include "tvts/core/error.h"
#include "tvts/model/weights/sha256.h"

namespace tvts {

std::string split_sha256(const Benchmark& benchmark) {
  std::string all;
  const auto add = [&all](const std::string& text) { all += concat(text.size(), ":", text); };
  for (const BenchmarkVideo& video : benchmark.videos) add(video.name);
  for (std::size_t i = 0; i < benchmark.texts.size(); ++i) {
    add(benchmark.texts[i]);
    add(concat(benchmark.video_of_text[i]));
  }
  for (const std::string& name : benchmark.classes) add(name);
  for (const std::size_t answer : benchmark.answers) add(concat(answer));
  for (const auto& options : benchmark.options) {
    for (const std::string& option : options) add(option);
  }
  return sha256_hex(std::as_bytes(std::span(all)));
}

Benchmark with_videos(const Benchmark& benchmark, const std::vector<bool>& stays) {
  TVTS_ASSERT(stays.size() == benchmark.videos.size());
  Benchmark part = benchmark;
  part.videos.clear();
  part.texts.clear();
  part.video_of_text.clear();
  part.answers.clear();
  part.options.clear();
  std::vector<std::size_t> new_index(stays.size());
  for (std::size_t i = 0; i < stays.size(); ++i) {
    if (!stays[i]) continue;
    new_index[i] = part.videos.size();
    part.videos.push_back(benchmark.videos[i]);
    if (!benchmark.answers.empty()) part.answers.push_back(benchmark.answers[i]);
    if (!benchmark.options.empty()) part.options.push_back(benchmark.options[i]);
  }
  for (std::size_t i = 0; i < benchmark.texts.size(); ++i) {
    if (!stays[benchmark.video_of_text[i]]) continue;
    part.texts.push_back(benchmark.texts[i]);
    part.video_of_text.push_back(new_index[benchmark.video_of_text[i]]);
  }
  return part;
}

}  // namespace tvts
