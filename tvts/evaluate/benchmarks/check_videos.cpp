#include "tvts/evaluate/benchmarks/check_videos.h"

#include <algorithm>
#include <mutex>
#include <optional>

#include "tvts/core/error.h"
#include "tvts/core/for_each_index.h"
#include "tvts/media/inputs/media_item.h"
#include "tvts/media/video/av_messages.h"
#include "tvts/media/video/demuxer.h"

namespace tvts {
namespace {

constexpr double kSecondsToOpen = 60;
constexpr std::size_t kBytesToOpen = std::size_t{1} << 28;

std::optional<MissingVideo> problem_of(std::size_t video, const BenchmarkVideo& looked_for,
                                       const std::stop_token& stop) {
  if (!looked_for.problem.empty()) return MissingVideo{video, "missing", looked_for.problem};
  const std::string& path = looked_for.path;
  const auto status = file_status(path);
  if (!status) return MissingVideo{video, "missing", path + ": " + errno_text()};
  if (!status->is_regular) return MissingVideo{video, "missing", path + " is no file"};
  const AvMessages messages;
  try {
    Demuxer({.path = path, .content = nullptr}, Budget(kSecondsToOpen, kBytesToOpen, stop));
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kInterrupted) throw;
    const std::string said = error.what(), &reason = messages.first_error();
    const bool is_whole = reason.empty() || said.find(reason) != std::string::npos;
    return MissingVideo{video, "unreadable", is_whole ? said : concat(said, " (", reason, ")")};
  }
  return std::nullopt;
}

}  // namespace

std::vector<MissingVideo> check_videos(const Benchmark& benchmark, std::size_t workers, std::stop_token stop,
                                       const std::function<void(std::size_t done)>& on_progress) {
  std::vector<MissingVideo> missing;
  std::size_t done = 0;
  std::mutex mutex;  // of both
  for_each_index(benchmark.videos.size(), workers, stop, [&](std::size_t video) {
    auto problem = problem_of(video, benchmark.videos[video], stop);
    const std::lock_guard lock(mutex);
    if (problem) missing.push_back(std::move(*problem));
    if (on_progress) on_progress(++done);
  });
  std::ranges::sort(missing, {}, &MissingVideo::video);
  return missing;
}

}  // namespace tvts
