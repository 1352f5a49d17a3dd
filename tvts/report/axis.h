// One axis of a chart: its range and the round numbers on it.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace tvts {

struct AxisTick {
  double value = 0;
  std::string label;
};

struct Axis {
  double low = 0, high = 1;  // low < high; above 0 on a logarithmic axis
  bool is_log = false;
  std::vector<AxisTick> ticks;  // in the range, growing

  // 0 at low, 1 at high; NaN for what is not on the axis.
  double position(double value) const;
};

// An axis on which every value has a position but those that can have none: NaN, beyond 1e250, and on a logarithmic
// axis 0 and less. margin: the part of the range that is left free on each side.
Axis make_axis(std::span<const double> values, bool is_log, double margin);

}  // namespace tvts
