// Draws the series of a chart: lines, marks, error bars, in the picture's units.
#pragma once

#include <cmath>
#include <string>
#include <vector>

namespace tvts {

struct ChartPoint {
  double x = 0, y = 0;       // NaN: a gap
  double low = 0, high = 0;  // ends of the error bar; NaN: none
};
inline bool is_gap(const ChartPoint& point) { return std::isnan(point.x) || std::isnan(point.y); }

inline constexpr std::size_t kMostMarks = 40;  // a series with more points shows its line alone

// A coordinate as SVG text.
std::string coordinate(double value);

// The line of the series with this number along `points`, its marks and error bars; empty where every point is a gap.
std::string series_svg(const std::vector<ChartPoint>& points, std::size_t series);

// The legend's mark of the series: 30 units of its line from (x, y) on.
std::string legend_sample(double x, double y, std::size_t series, bool has_marks);

}  // namespace tvts
