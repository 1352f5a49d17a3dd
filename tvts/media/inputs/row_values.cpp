#include "tvts/media/inputs/row_values.h"

#include <cmath>
#include <limits>

namespace tvts {
namespace {

// Frames are given times up to 1e12 s (tvts/media/video/frame_clock.cpp); the last one may be as long again.
constexpr double kLatestSeconds = 1e13;
constexpr int64_t kMostCounted = int64_t{1} << 40;
constexpr std::size_t kMostFrames = std::size_t{1} << 14;  // of one clip

void check_seconds(const char* name, double value, double latest) {
  if (value >= 0 && value <= latest) return;
  fail_input("field \"", name, "\" is ", value, ", expected seconds, 0 or more",
             std::isfinite(value) && value > 0 ? concat(" and at most ", latest) : "");
}

std::optional<double> checked_seconds(const Json& object, const char* name, double latest) {
  const auto value = optional_field<double>(object, name);
  if (value) check_seconds(name, *value, latest);
  return value;
}

std::optional<int64_t> checked_count(const Json& object, const char* name, int64_t least, int64_t most) {
  const auto value = optional_field<int64_t>(object, name);
  if (value && (*value < least || *value > most)) {
    fail_input("field \"", name, "\" is ", *value, ", expected ", least, " to ", most);
  }
  return value;
}

int64_t different_times(const std::vector<double>& times) {
  int64_t count = 0;
  for (std::size_t i = 0; i < times.size(); ++i) count += i == 0 || times[i] != times[i - 1];
  return count;
}

void check_part(const ItemId& item) {
  if (!item.end || *item.end > item.start.value_or(0)) return;
  fail_input("the part that was asked for ends at ", *item.end, " s, expected after its start, ",
             item.start.value_or(0), " s");
}

void check_info(const RowInfo& info) {
  if (info.end < info.start) {
    fail_input("field \"end\" is ", info.end, ", expected at least \"start\", ", info.start);
  }
  if (info.fps && !(*info.fps >= 0 && std::isfinite(*info.fps))) {
    fail_input("field \"fps\" is ", *info.fps, ", expected frames a second, 0 or more");
  }
  if (different_times(info.frame_seconds) > info.frames_found) {
    fail_input("field \"frames_found\" is ", info.frames_found, ", fewer than the frames in \"frame_pts\"");
  }
  if (info.neutral &&
      !(std::isfinite(info.neutral->mean) && info.neutral->deviation >= 0 && std::isfinite(info.neutral->deviation))) {
    fail_input("fields \"neutral_mean\" and \"neutral_deviation\" are ", info.neutral->mean, " and ",
               info.neutral->deviation, ", expected finite numbers, the deviation 0 or more");
  }
}

}  // namespace

std::optional<double> seconds_field(const Json& object, const char* name) {
  return checked_seconds(object, name, std::numeric_limits<double>::max());
}

std::optional<double> video_seconds_field(const Json& object, const char* name) {
  return checked_seconds(object, name, kLatestSeconds);
}

std::optional<int64_t> count_field(const Json& object, const char* name) {
  return checked_count(object, name, 0, kMostCounted);
}

std::optional<int64_t> size_field(const Json& object, const char* name) {
  return checked_count(object, name, -1, INT64_MAX);
}

std::vector<double> frame_times_field(const Json& object, const char* name) {
  std::vector<double> times = list_field<double>(object, name);
  if (times.size() > kMostFrames) {
    fail_input("field \"", name, "\" has ", times.size(), " frames, expected at most ", kMostFrames);
  }
  double last = 0;
  for (const double time : times) {
    check_seconds(name, time, kLatestSeconds);
    if (time < last) fail_input("field \"", name, "\" goes back from ", last, " s to ", time, " s");
    last = time;
  }
  return times;
}

void check_row(const StoredRow& row) {
  check_part(row.item);
  check_info(row.info);
}

}  // namespace tvts
