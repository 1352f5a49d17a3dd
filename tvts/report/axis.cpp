#include "tvts/report/axis.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "tvts/report/plain_text.h"

namespace tvts {
namespace {

// Values beyond are left out, so that no range or step overflows or vanishes.
constexpr double kLargest = 1e250;
constexpr double kSmallest = 1e-250;
constexpr double kMostTicks = 6;

bool has_position(double value, bool is_log) { return std::fabs(value) <= kLargest && (!is_log || value >= kSmallest); }

// The smallest of 1, 2 and 5 times a power of ten that is not below `rough`.
double round_step(double rough) {
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double digit : {1.0, 2.0, 5.0}) {
    if (digit * power >= rough * (1 - 1e-9)) return digit * power;
  }
  return 10 * power;
}

// With as many digits as tell neighbours apart.
std::string tick_label(double value, double step) {
  const double size = std::fabs(value);
  const auto magnitude_of_step = static_cast<int>(std::floor(std::log10(step) + 1e-9));
  if (size < 1e6 && step >= 1e-4) return fixed(value, std::max(0, -magnitude_of_step));
  if (size < step / 2) return "0";
  return short_number(value,
                      std::max(1, static_cast<int>(std::floor(std::log10(size) + 1e-9)) - magnitude_of_step + 1));
}

std::vector<AxisTick> even_ticks(double low, double high) {
  const double step = round_step((high - low) / kMostTicks);
  std::vector<AxisTick> ticks;
  const double first = std::ceil(low / step - 1e-9), last = std::floor(high / step + 1e-9);
  for (double i = first; i <= last; ++i) {
    const double value = std::clamp(i * step, low, high);
    ticks.push_back({value, tick_label(value, step)});
  }
  return ticks;
}

// Powers of ten, with 2 and 5 between them where the range is short.
std::vector<AxisTick> log_ticks(double low, double high) {
  const double decades = std::log10(high) - std::log10(low);
  const auto first = static_cast<int>(std::floor(std::log10(low)));
  const auto last = static_cast<int>(std::ceil(std::log10(high)));
  const int stride = std::max(1, static_cast<int>(std::ceil(decades / kMostTicks)));
  std::vector<AxisTick> ticks;
  for (int power = first; power <= last; power += stride) {
    for (const int digit : {1, 2, 5}) {
      const double value = digit * std::pow(10, power);
      const bool is_wanted = digit == 1 || decades < 2;
      if (is_wanted && value >= low && value <= high) ticks.push_back({value, short_number(value)});
    }
  }
  return ticks.size() >= 2 ? ticks : even_ticks(low, high);
}

// A range that is not empty: a single value gets a margin on both sides.
void widen(double& low, double& high, bool is_log) {
  const double size = std::max(std::fabs(low), std::fabs(high));
  if (high - low > std::max(1e-9 * size, kSmallest)) return;
  if (is_log) {
    low /= 2;
    high *= 2;
  } else {
    const double padding = size > kSmallest ? size / 10 : 1;
    low -= padding;
    high += padding;
  }
}

}  // namespace

double Axis::position(double value) const {
  const double position =
      is_log ? (std::log(value) - std::log(low)) / (std::log(high) - std::log(low)) : (value - low) / (high - low);
  return position >= -1e-6 && position <= 1 + 1e-6 ? position : std::numeric_limits<double>::quiet_NaN();
}

Axis make_axis(std::span<const double> values, bool is_log, double margin) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const double value : values) {
    if (!has_position(value, is_log)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (low > high) {
    low = is_log ? 1 : 0;
    high = is_log ? 10 : 1;
  }
  widen(low, high, is_log);
  if (is_log) {
    const double padding = std::pow(10, (std::log10(high) - std::log10(low)) * margin);
    low /= padding;
    high *= padding;
  } else {
    const double padding = (high - low) * margin;
    low -= padding;
    high += padding;
  }
  return {low, high, is_log, is_log ? log_ticks(low, high) : even_ticks(low, high)};
}

}  // namespace tvts
