#include "tvts/media/video/clip_plan.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tvts/core/error.h"
#include "tvts/media/video/sampling.h"

namespace tvts {
namespace {

// 3 * 0.1 is 0.3 and not a rounding error above it, which would move a frame at 0.3 s to the window before.
double on_the_nanosecond(double seconds) { return std::round(seconds * 1e9) / 1e9; }

constexpr double kForever = std::numeric_limits<double>::infinity();

struct Part {
  double start, end;  // seconds
};

Part part_of(const ClipOptions& options) {
  return {options.start_seconds.value_or(0), options.end_seconds.value_or(kForever)};
}

// Frames before this time.
int64_t frames_before(const FrameTimes& times, double seconds) {
  return std::lower_bound(times.seconds.begin(), times.seconds.end(), seconds) - times.seconds.begin();
}

PlannedClip planned_clip(double start, double end, int64_t begin, int64_t frames_end, const ClipOptions& options) {
  PlannedClip clip{start, end, begin, frames_end, {}};
  clip.frames = sample_frames(options.preprocess, frames_end - begin, options.num_frames);
  for (int64_t& frame : clip.frames) frame += begin;
  return clip;
}

void check_clip_count(std::size_t clips, const ClipOptions& options) {
  const std::size_t bytes = sizeof(PlannedClip) + static_cast<std::size_t>(options.num_frames) * sizeof(int64_t);
  if (clips <= options.memory_budget_bytes / 4 / bytes) return;
  fail_usage("windows: a stride of ", options.window->stride_seconds, " s gives more than ", clips - 1,
             " windows in one video; use a larger stride");
}

// The windows of a part in order, those without frames passed over however many they are.
ClipPlan plan_windows(const FrameTimes& times, const Part& part, const ClipOptions& options) {
  const auto [window, stride] = *options.window;
  const double limit = std::min(part.end, times.end_seconds);
  const int64_t frames_end = frames_before(times, part.end);
  ClipPlan plan;
  std::vector<PlannedClip> short_ones;
  for (double k = 0;;) {
    const double start = on_the_nanosecond(part.start + k * stride);
    const double end = std::min(on_the_nanosecond(start + window), part.end);
    const int64_t begin = frames_before(times, start);
    if (begin >= frames_end) break;
    const double first_time = times.seconds[static_cast<std::size_t>(begin)];
    if (first_time >= end) {
      const double next = std::max(k + 1, std::floor((first_time - part.start - window) / stride));
      plan.empty_windows += next - k;
      k = next;
      continue;
    }
    PlannedClip clip =
        planned_clip(start, std::min(end, limit), begin, std::min(frames_before(times, end), frames_end), options);
    const bool is_short = std::min(end, limit) - start < window / 2;
    if (!is_short) {
      plan.clips.push_back(std::move(clip));
    } else if (short_ones.empty()) {
      short_ones.push_back(std::move(clip));
    }
    check_clip_count(plan.clips.size(), options);
    k += 1;
  }
  if (plan.clips.empty()) plan.clips = std::move(short_ones);
  return plan;
}

void check_window(const ClipOptions& options) {
  const auto [window, stride] = *options.window;
  if (!std::isfinite(window) || window < 0.001) {
    fail_usage("--window: found ", window, " seconds, expected 0.001 or more");
  }
  if (!std::isfinite(stride) || stride < 0.001) {
    fail_usage("--stride: found ", stride, " seconds, expected 0.001 or more");
  }
}

void check_part(const ClipOptions& options) {
  const Part part = part_of(options);
  if (!std::isfinite(part.start) || part.start < 0) {
    fail_usage("start of the part: found ", part.start, " seconds, expected 0 or more");
  }
  if (std::isnan(part.end) || part.end <= part.start) {
    fail_usage("end of the part: found ", part.end, " seconds, expected more than its start, ", part.start);
  }
}

// Chosen among as many frames as there are packets; the last frame stands for what does not come.
PlannedClip promised_clip(const FrameTimes& times, const ClipOptions& options) {
  const auto found = static_cast<int64_t>(times.seconds.size());
  PlannedClip clip = planned_clip(0, times.end_seconds, 0, std::max<int64_t>(times.packets, 1), options);
  for (int64_t& frame : clip.frames) frame = std::min(frame, found - 1);
  clip.end = found;
  return clip;
}

}  // namespace

void validate(const ClipOptions& options) {
  constexpr int64_t kMost = 1 << 14;
  if (options.num_frames < 1 || options.num_frames > kMost) {
    fail_usage("--num-frames: found ", options.num_frames, ", expected 1 to ", kMost);
  }
  if (options.image_size < 1 || options.image_size > kMost) {
    fail_usage("image size: found ", options.image_size, " pixels, expected 1 to ", kMost);
  }
  if (!(options.time_budget_seconds > 0)) {
    fail_usage("time budget: found ", options.time_budget_seconds, " seconds, expected more than 0");
  }
  check_part(options);
  if (options.window) check_window(options);
  if (options.frame_count == FrameCount::kPromised &&
      (options.window || options.start_seconds || options.end_seconds)) {
    fail_usage("frame count: promised frames are those of whole videos, not of windows or parts");
  }
  const double open_windows = options.window ? options.window->window_seconds / options.window->stride_seconds + 1 : 1;
  const double frame_bytes = 3.0 * static_cast<double>(options.image_size) * static_cast<double>(options.image_size);
  const double bytes = std::ceil(open_windows) * static_cast<double>(options.num_frames) * frame_bytes;
  if (bytes > static_cast<double>(options.memory_budget_bytes)) {
    fail_usage("windows and frames: ", bytes / 1e6,
               " MB of frames are open at a time, expected at most the memory budget of ",
               static_cast<double>(options.memory_budget_bytes) / 1e6, " MB; use a larger stride or fewer frames");
  }
}

ClipPlan plan_clips(const FrameTimes& times, const ClipOptions& options) {
  const Part part = part_of(options);
  const int64_t begin = frames_before(times, part.start), end = frames_before(times, part.end);
  if (begin >= end) return {};
  if (options.window) return plan_windows(times, part, options);
  if (options.frame_count == FrameCount::kPromised) return {{promised_clip(times, options)}, 0};
  return {{planned_clip(part.start, std::min(part.end, times.end_seconds), begin, end, options)}, 0};
}

}  // namespace tvts
