// Line charts as stand-alone SVG: for a file of its own and for a page.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace tvts {

struct ChartSeries {
  std::string name;
  std::vector<double> x, y;       // of the same length; a NaN is a gap in the line
  std::vector<double> low, high;  // ends of the error bars; empty: none
};

struct Chart {
  std::string title;
  std::string x_label, y_label;  // with the unit
  bool log_x = false, log_y = false;
  std::vector<ChartSeries> series;
};

// Well-formed XML that needs nothing from outside. It follows the reader's choice of light or dark; series differ by
// colour (told apart by the colour-blind too), by dashes and, where points are few, by marks. Long series are thinned
// to what can be seen, their extremes kept.
std::string chart_svg(const Chart& chart);
// Several in one picture, one below the other.
std::string charts_svg(std::span<const Chart> charts);

}  // namespace tvts
