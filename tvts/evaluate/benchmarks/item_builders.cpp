#include "tvts/evaluate/benchmarks/item_builders.h"

#include "tvts/core/error.h"
#include "tvts/core/json/json_text.h"
#include "tvts/evaluate/benchmarks/annotation_file.h"

namespace tvts {
namespace {

std::string shown(const std::string& name) { return to_utf8(name.substr(0, 80)); }

void check_name(const std::string& where, const std::string& video) {
  if (is_blank(video)) fail_input(where, ": found no name of a video");
  if (video.find('\0') != std::string::npos) fail_input(where, ": found a name of a video with a zero byte in it");
}

[[noreturn]] void fail_repeated(const std::string& where, const std::string& video, const std::string& before) {
  fail_input(where, ": found ", shown(video), " again, after ", before, "; expected each video once");
}

}  // namespace

SeenVideos::Video SeenVideos::add(const std::string& where, const VideoName& name, Benchmark& benchmark) {
  if (const auto known = by_name_.find(name.path); known != by_name_.end()) {
    return {known->second.number, known->second.where, false};
  }
  BenchmarkVideo found = files_.find(name);
  const auto [first, is_new] =
      by_identity_.try_emplace(files_.identity(name, found), Place{benchmark.videos.size(), where});
  if (is_new) benchmark.videos.push_back(std::move(found));
  by_name_.emplace(name.path, first->second);
  return {first->second.number, first->second.where, is_new};
}

void CaptionBuilder::add(const std::string& where, const VideoName& video, const std::string& caption) {
  check_name(where, video.path);
  if (is_blank(caption)) fail_input(where, ": found an empty caption of ", shown(video.path), ", expected a text");
  const SeenVideos::Video found = seen_.add(where, video, benchmark_);
  if (!found.is_new && repeats_ == Repeats::kAreErrors) fail_repeated(where, video.path, found.where);
  benchmark_.texts.push_back(caption);
  benchmark_.video_of_text.push_back(found.number);
}

void AnswerBuilder::add(const std::string& where, const VideoName& video, std::size_t answer, std::size_t count,
                        std::size_t first) {
  check_name(where, video.path);
  if (answer < first || answer - first >= count) {
    fail_input(where, ": found the answer ", answer, ", expected ", first, " to ", first + count - 1);
  }
  const SeenVideos::Video found = seen_.add(where, video, benchmark_);
  if (!found.is_new) fail_repeated(where, video.path, found.where);
  benchmark_.answers.push_back(answer - first);
}

}  // namespace tvts
