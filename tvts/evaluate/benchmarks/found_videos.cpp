#include "tvts/evaluate/benchmarks/found_videos.h"

#include <algorithm>
#include <map>

#include "tvts/core/error.h"
#include "tvts/core/json/json_text.h"
#include "tvts/media/inputs/near_names.h"

namespace tvts {

void refuse_shared_files(Benchmark& benchmark) {
  std::map<std::string, std::vector<BenchmarkVideo*>> takers;
  for (BenchmarkVideo& video : benchmark.videos) {
    if (video.found_by != FoundBy::kNothing) takers[video.path].push_back(&video);
  }
  for (const auto& [path, videos] : takers) {
    if (videos.size() < 2) continue;
    for (BenchmarkVideo* video : videos) {
      if (video->found_by == FoundBy::kName) continue;
      const BenchmarkVideo* other = video == videos[0] ? videos[1] : videos[0];
      video->problem = concat(to_utf8(video->name), ": the one file that may be it, ", to_utf8(path), ", may be ",
                              to_utf8(other->name), " as well; expected a file for each");
    }
  }
}

void warn_of_other_parts(Benchmark& benchmark) {
  const auto warn = [&](FoundBy how, const char* what) {
    const auto is_so = [&](const BenchmarkVideo& video) { return video.found_by == how && video.problem.empty(); };
    const auto count = std::ranges::count_if(benchmark.videos, is_so);
    if (count == 0) return;
    const auto first = std::ranges::find_if(benchmark.videos, is_so);
    benchmark.warnings.push_back(concat(count, " of ", benchmark.videos.size(), " videos ", what, ", such as ",
                                        to_utf8(first->path), " for ", to_utf8(first->name)));
  };
  warn(FoundBy::kOtherTimes, "were found with other times than their rows have, and may show another part");
  warn(FoundBy::kIdAlone, "were found by their id without times, and are taken whole");
}

void warn_of_near_classes(Benchmark& benchmark) {
  if (std::string warning = near_names_warning(benchmark.classes); !warning.empty()) {
    benchmark.warnings.push_back(std::move(warning));
  }
}

void warn_of_empty_classes(Benchmark& benchmark) {
  if (benchmark.task != BenchmarkTask::kActions) return;
  constexpr std::size_t kMostShown = 5;
  std::vector<bool> is_shown(benchmark.classes.size());
  for (const std::size_t answer : benchmark.answers) is_shown[answer] = true;
  std::size_t count = 0;
  std::string names;
  for (std::size_t i = 0; i < is_shown.size(); ++i) {
    if (is_shown[i] || ++count > kMostShown) continue;
    names += (names.empty() ? "" : ", ") + to_utf8(benchmark.classes[i].substr(0, 60));
  }
  if (count == 0) return;
  benchmark.warnings.push_back(concat(count, " of ", is_shown.size(), " classes have no video in the lists: ", names,
                                      count > kMostShown ? ", ..." : ""));
}

}  // namespace tvts
