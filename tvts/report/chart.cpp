#include "tvts/report/chart.h"

#include <cmath>
#include <limits>

#include "tvts/core/error.h"
#include "tvts/report/axis.h"
#include "tvts/report/chart_series.h"
#include "tvts/report/html_text.h"
#include "tvts/report/plain_text.h"

namespace tvts {
namespace {

// All in the picture's units, one of which is a pixel at natural size.
constexpr double kWidth = 720, kPlotLeft = 72, kPlotTop = 44, kPlotWidth = 628, kPlotHeight = 300;
constexpr double kPlotBottom = kPlotTop + kPlotHeight, kPlotRight = kPlotLeft + kPlotWidth;
constexpr double kLegendTop = kPlotBottom + 62, kLegendRow = 20, kLegendColumn = kPlotWidth / 2;

// Light: Okabe and Ito's palette, darkened until each has a contrast of 3:1; dark: the same, lightened.
constexpr char kStyle[] = R"(<style>
.tvts-ground{fill:#fdfdfd}.tvts-text{fill:#1b1b1f;font-family:system-ui,sans-serif}.tvts-grid{stroke:#dfe1e6}
.tvts-frame{stroke:#55585f;fill:none}.tvts-line{fill:none;stroke-width:1.8;stroke-linejoin:round}
.tvts-c0{stroke:#0072b2}.tvts-c1{stroke:#c44e00}.tvts-c2{stroke:#007a59}.tvts-c3{stroke:#a2427c}
.tvts-c4{stroke:#8a6100}.tvts-c5{stroke:#4a3fb5}.tvts-c6{stroke:#5f6368}
@media (prefers-color-scheme:dark){
.tvts-ground{fill:#16171a}.tvts-text{fill:#e8e8ea}.tvts-grid{stroke:#303238}.tvts-frame{stroke:#a9adb6}
.tvts-c0{stroke:#56b4e9}.tvts-c1{stroke:#f58a45}.tvts-c2{stroke:#2bc08f}.tvts-c3{stroke:#e59cc6}
.tvts-c4{stroke:#e6a817}.tvts-c5{stroke:#a9a6ff}.tvts-c6{stroke:#b8b8b8}}
</style>
)";

std::string text(double x, double y, const char* attributes, std::string_view content) {
  return concat("<text class=\"tvts-text\" x=\"", coordinate(x), "\" y=\"", coordinate(y), "\" ", attributes, ">",
                escaped(content), "</text>\n");
}

std::string grid_line(double x1, double y1, double x2, double y2) {
  return concat("<path class=\"tvts-grid\" d=\"M", coordinate(x1), " ", coordinate(y1), "L", coordinate(x2), " ",
                coordinate(y2), "\"/>\n");
}

struct Plot {
  Axis x, y;
  double left(double value) const { return kPlotLeft + kPlotWidth * x.position(value); }
  double top(double value) const { return kPlotBottom - kPlotHeight * y.position(value); }
};

Plot plot_of(const Chart& chart) {
  std::vector<double> x, y;
  for (const ChartSeries& series : chart.series) {
    x.insert(x.end(), series.x.begin(), series.x.end());
    for (const auto* values : {&series.y, &series.low, &series.high}) y.insert(y.end(), values->begin(), values->end());
  }
  return {make_axis(x, chart.log_x, 0.01), make_axis(y, chart.log_y, 0.04)};
}

std::vector<ChartPoint> points_of(const ChartSeries& series, const Plot& plot) {
  TVTS_ASSERT(series.x.size() == series.y.size() && series.low.size() == series.high.size());
  TVTS_ASSERT(series.low.empty() || series.low.size() == series.y.size());
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  std::vector<ChartPoint> points;
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    points.push_back({plot.left(series.x[i]), plot.top(series.y[i]),
                      series.low.empty() ? kNone : plot.top(series.low[i]),
                      series.low.empty() ? kNone : plot.top(series.high[i])});
  }
  return points;
}

std::string axes_svg(const Chart& chart, const Plot& plot) {
  std::string svg;
  for (const AxisTick& tick : plot.x.ticks) {
    svg += grid_line(plot.left(tick.value), kPlotTop, plot.left(tick.value), kPlotBottom);
    svg += text(plot.left(tick.value), kPlotBottom + 18, "font-size=\"12\" text-anchor=\"middle\"", tick.label);
  }
  for (const AxisTick& tick : plot.y.ticks) {
    svg += grid_line(kPlotLeft, plot.top(tick.value), kPlotRight, plot.top(tick.value));
    svg += text(kPlotLeft - 7, plot.top(tick.value) + 4, "font-size=\"12\" text-anchor=\"end\"", tick.label);
  }
  svg += concat("<rect class=\"tvts-frame\" x=\"", coordinate(kPlotLeft), "\" y=\"", coordinate(kPlotTop),
                "\" width=\"", coordinate(kPlotWidth), "\" height=\"", coordinate(kPlotHeight), "\"/>\n");
  svg += text(kPlotLeft, 26, "font-size=\"16\" font-weight=\"600\"", shortened(one_line(chart.title), 72));
  svg += text((kPlotLeft + kPlotRight) / 2, kPlotBottom + 40, "font-size=\"13\" text-anchor=\"middle\"",
              shortened(one_line(chart.x_label), 80));
  const double middle = (kPlotTop + kPlotBottom) / 2;
  const std::string turned =
      concat("font-size=\"13\" text-anchor=\"middle\" transform=\"rotate(-90 16 ", coordinate(middle), ")\"");
  return svg + text(16, middle, turned.c_str(), shortened(one_line(chart.y_label), 40));
}

std::string legend_svg(const Chart& chart) {
  std::string svg;
  for (std::size_t i = 0; i < chart.series.size(); ++i) {
    const double x = kPlotLeft + static_cast<double>(i % 2) * kLegendColumn;
    const double y = kLegendTop + static_cast<double>(i / 2) * kLegendRow;
    const ChartSeries& series = chart.series[i];
    svg += legend_sample(x, y, i, series.x.size() <= kMostMarks);
    svg += text(x + 38, y + 4, "font-size=\"13\"", shortened(one_line(series.name), 42));
  }
  return svg;
}

// The chart in words, for those who do not see it.
std::string description(const Chart& chart) {
  std::string words = concat(chart.y_label, " over ", chart.x_label, ".");
  for (const ChartSeries& series : chart.series) {
    std::size_t first = 0, last = 0, points = 0;
    for (std::size_t i = 0; i < series.y.size(); ++i) {
      if (!std::isfinite(series.y[i])) continue;
      if (points++ == 0) first = i;
      last = i;
    }
    words += concat(" ", series.name, ": ");
    if (points == 0) {
      words += "no points.";
    } else {
      words += concat(points, points == 1 ? " point, " : " points, from ", short_number(series.y[first]), " at ",
                      short_number(series.x[first]));
      words +=
          points == 1 ? "." : concat(" to ", short_number(series.y[last]), " at ", short_number(series.x[last]), ".");
    }
  }
  return words;
}

double height_of(const Chart& chart) {
  return kLegendTop + kLegendRow * std::ceil(static_cast<double>(chart.series.size()) / 2);
}

std::string drawn(const Chart& chart, double top) {
  const Plot plot = plot_of(chart);
  std::string lines;
  for (std::size_t i = 0; i < chart.series.size(); ++i) lines += series_svg(points_of(chart.series[i], plot), i);
  if (lines.empty()) {
    lines = text((kPlotLeft + kPlotRight) / 2, (kPlotTop + kPlotBottom) / 2, "font-size=\"14\" text-anchor=\"middle\"",
                 "nothing to show yet");
  }
  return concat("<g role=\"img\" aria-label=\"", escaped(chart.title), "\" transform=\"translate(0 ", coordinate(top),
                ")\">\n<title>", escaped(chart.title), "</title>\n<desc>", escaped(description(chart)), "</desc>\n",
                axes_svg(chart, plot), lines, legend_svg(chart), "</g>\n");
}

}  // namespace

std::string chart_svg(const Chart& chart) { return charts_svg({&chart, 1}); }

std::string charts_svg(std::span<const Chart> charts) {
  double height = 0;
  std::string inside;
  for (const Chart& chart : charts) {
    inside += drawn(chart, height);
    height += height_of(chart);
  }
  return concat("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ", coordinate(kWidth), " ", coordinate(height),
                "\" width=\"", coordinate(kWidth), "\" height=\"", coordinate(height), "\">\n", kStyle,
                "<rect class=\"tvts-ground\" width=\"100%\" height=\"100%\"/>\n", inside, "</svg>\n");
}

}  // namespace tvts
