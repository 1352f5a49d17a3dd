#include "tvts/media/video/sampling.h"

#include <algorithm>

#include "tvts/core/error.h"

namespace tvts {

std::vector<FrameInterval> equal_intervals(int64_t n, int64_t t) {
  TVTS_ASSERT(n >= 0 && t > 0);
  const int64_t count = std::min(n, t);
  std::vector<FrameInterval> intervals;
  // numpy's linspace: k * (n / count) in double precision, and the last edge set to n.
  const double step = count > 0 ? static_cast<double>(n) / static_cast<double>(count) : 0;
  const auto edge = [&](int64_t k) { return k == count ? n : static_cast<int64_t>(static_cast<double>(k) * step); };
  for (int64_t k = 0; k < count; ++k) intervals.push_back({edge(k), edge(k + 1)});
  return intervals;
}

std::vector<int64_t> middle_frames(int64_t n, int64_t t) {
  std::vector<int64_t> frames;
  for (const FrameInterval& interval : equal_intervals(n, t)) frames.push_back((interval.begin + interval.end - 1) / 2);
  return frames;
}

std::vector<int64_t> first_to_last_frames(int64_t n, int64_t t) {
  TVTS_ASSERT(n > 0 && t > 0);
  std::vector<int64_t> frames;
  const double step = t > 1 ? static_cast<double>(n - 1) / static_cast<double>(t - 1) : 0;
  for (int64_t k = 0; k < t; ++k) {
    frames.push_back(k > 0 && k == t - 1 ? n - 1 : static_cast<int64_t>(static_cast<double>(k) * step));
  }
  return frames;
}

std::vector<int64_t> sample_frames(Preprocess preprocess, int64_t n, int64_t t) {
  return preprocess == Preprocess::kTvtsv2Extract ? first_to_last_frames(n, t) : middle_frames(n, t);
}

}  // namespace tvts
