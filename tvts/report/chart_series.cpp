#include "tvts/report/chart_series.h"

#include <algorithm>
#include <array>

#include "tvts/core/error.h"
#include "tvts/report/plain_text.h"

namespace tvts {
namespace {

constexpr std::size_t kMostPoints = 1200;  // of a series; more cannot be told apart
constexpr std::size_t kColours = 7;        // as chart.cpp's style has
constexpr std::array kDashes = {"", "7 3", "2 3", "9 3 2 3"};

// The class and dashes of the series with this number.
std::string colour_of(std::size_t series) { return concat("tvts-line tvts-c", series % kColours); }
std::string dashes_of(std::size_t series) {
  const std::string dashes = kDashes[series % kDashes.size()];
  return dashes.empty() ? "" : concat(" stroke-dasharray=\"", dashes, "\"");
}

// Of each run of neighbours the lowest and the highest point, in order, and a gap where there is one.
std::vector<ChartPoint> thinned(const std::vector<ChartPoint>& points) {
  if (points.size() <= kMostPoints) return points;
  const std::size_t runs = kMostPoints / 3;
  std::vector<ChartPoint> kept;
  for (std::size_t run = 0; run < runs; ++run) {
    const auto begin = points.begin() + static_cast<std::ptrdiff_t>(points.size() * run / runs);
    const auto end = points.begin() + static_cast<std::ptrdiff_t>(points.size() * (run + 1) / runs);
    const auto gap = std::find_if(begin, end, is_gap);
    auto lowest = gap, highest = gap;
    for (auto point = begin; point != end; ++point) {
      if (is_gap(*point)) continue;
      if (lowest == end || is_gap(*lowest) || point->y < lowest->y) lowest = point;
      if (highest == end || is_gap(*highest) || point->y > highest->y) highest = point;
    }
    std::vector chosen = {lowest, highest, gap};
    std::sort(chosen.begin(), chosen.end());
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    for (const auto point : chosen) {
      if (point != end) kept.push_back(*point);
    }
  }
  return kept;
}

// Filled with the ground's colour, so that marks that touch stay apart.
std::string mark(const ChartPoint& point, std::size_t series) {
  const std::string style = concat("class=\"tvts-ground tvts-c", series % kColours, "\" stroke-width=\"1.6\"");
  const auto polygon = [&](const std::vector<std::pair<double, double>>& corners) {
    std::string points;
    for (const auto& [x, y] : corners) points += concat(coordinate(point.x + x), ",", coordinate(point.y + y), " ");
    return concat("<polygon ", style, " points=\"", points, "\"/>\n");
  };
  switch (series % 4) {
    case 1: return polygon({{-3, -3}, {3, -3}, {3, 3}, {-3, 3}});
    case 2: return polygon({{0, -4}, {4, 3}, {-4, 3}});
    case 3: return polygon({{0, -4.2}, {4.2, 0}, {0, 4.2}, {-4.2, 0}});
    default:
      return concat("<circle ", style, " cx=\"", coordinate(point.x), "\" cy=\"", coordinate(point.y),
                    "\" r=\"3.2\"/>\n");
  }
}

std::string line(double x1, double y1, double x2, double y2, const std::string& style) {
  return concat("<line class=\"", style, "\" x1=\"", coordinate(x1), "\" y1=\"", coordinate(y1), "\" x2=\"",
                coordinate(x2), "\" y2=\"", coordinate(y2), "\"/>\n");
}

std::string error_bar(const ChartPoint& point, std::size_t series) {
  if (std::isnan(point.low) || std::isnan(point.high)) return "";
  const std::string style = colour_of(series);
  return line(point.x, point.low, point.x, point.high, style) +
         line(point.x - 4, point.low, point.x + 4, point.low, style) +
         line(point.x - 4, point.high, point.x + 4, point.high, style);
}

}  // namespace

std::string coordinate(double value) { return fixed(value, 1); }

std::string series_svg(const std::vector<ChartPoint>& points, std::size_t series) {
  const std::vector<ChartPoint> kept = thinned(points);
  std::string path, details;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const ChartPoint& point = kept[i];
    if (is_gap(point)) continue;
    const bool is_first = i == 0 || is_gap(kept[i - 1]);
    const bool is_alone = is_first && (i + 1 == kept.size() || is_gap(kept[i + 1]));
    path += concat(is_first ? "M" : "L", coordinate(point.x), " ", coordinate(point.y));
    details += error_bar(point, series);
    if (is_alone || points.size() <= kMostMarks) details += mark(point, series);
  }
  if (path.empty()) return "";
  return concat("<path class=\"", colour_of(series), "\"", dashes_of(series), " d=\"", path, "\"/>\n", details);
}

std::string legend_sample(double x, double y, std::size_t series, bool has_marks) {
  return concat("<path class=\"", colour_of(series), "\"", dashes_of(series), " d=\"M", coordinate(x), " ",
                coordinate(y), "L", coordinate(x + 30), " ", coordinate(y), "\"/>\n",
                has_marks ? mark({x + 15, y}, series) : "");
}

}  // namespace tvts
