#include "tvts/report/chart.h"

#include <cmath>

#include "tests/report/report_support.h"

namespace tvts::test {
namespace {

// The series' lines: the paths that are drawn after the frame, before the legend.
std::string lines_of(const std::string& svg) {
  const std::size_t begin = svg.find("<path class=\"tvts-line");
  return begin == std::string::npos ? "" : svg.substr(begin, svg.find("/>", begin) - begin);
}

TEST(Chart, JoinsItsPoints) { EXPECT_EQ(count(lines_of(chart_svg(chart_of({0, 1, 2}, {3, 1, 2}))), "L"), 2U); }

TEST(Chart, LeavesAGapWhereThereIsNoNumber) {
  const std::string line = lines_of(chart_svg(chart_of({0, 1, 2, 3, 4}, {1, 2, kNan, 2, 1})));
  EXPECT_EQ(count(line, "M"), 2U);
  EXPECT_EQ(count(line, "L"), 2U);
}

TEST(Chart, MarksAPointThatStandsAlone) {
  std::vector<double> x(100), y(100, kNan);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<double>(i);
  y[50] = 1;
  EXPECT_EQ(count(chart_svg(chart_of(x, y)), "<circle"), 1U);
}

TEST(Chart, OfNothingSaysSo) {
  for (const Chart& chart : {Chart{.title = "T"}, chart_of({}, {}), chart_of({1, 2}, {kNan, kInfinity})}) {
    EXPECT_TRUE(has(chart_svg(chart), "nothing to show yet"));
  }
}

TEST(Chart, LeavesOutWhatHasNoPositionOnALogarithmicAxis) {
  Chart chart = chart_of({1, 10, 100}, {1, 0, 3});
  chart.log_y = true;
  EXPECT_EQ(count(lines_of(chart_svg(chart)), "M"), 2U);
}

TEST(Chart, KeepsTheExtremesOfALongSeries) {
  std::vector<double> x, y;
  for (int i = 0; i < 100000; ++i) {
    x.push_back(i);
    y.push_back(std::sin(i * 0.01));
  }
  y[12345] = 9;
  y[77777] = -9;
  const std::string svg = chart_svg(chart_of(x, y));
  EXPECT_LT(svg.size(), 40000U);
  // The axis leaves 0.04 of 18 free on both sides: the peaks are at 1/27 of the 300 units from top and bottom.
  EXPECT_TRUE(has(lines_of(svg), " 55.1"));
  EXPECT_TRUE(has(lines_of(svg), " 332.9"));
}

TEST(Chart, KeepsAGapInALongSeries) {
  std::vector<double> x(5000), y(5000, 1);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<double>(i);
  for (std::size_t i = 2000; i < 3000; ++i) y[i] = kNan;
  EXPECT_EQ(count(lines_of(chart_svg(chart_of(x, y))), "M"), 2U);
}

TEST(Chart, DrawsErrorBarsWhereThereAreSome) {
  Chart chart = chart_of({0, 1, 2}, {5, 6, 7});
  EXPECT_EQ(count(chart_svg(chart), "<line"), 0U);
  chart.series[0].low = {4, 5, kNan};
  chart.series[0].high = {6, 7, kNan};
  EXPECT_EQ(count(chart_svg(chart), "<line"), 6U);  // a bar with two ends each
}

TEST(Chart, TellsInWordsWhatItShows) {
  EXPECT_TRUE(has(chart_svg(chart_of({0, 500}, {3.25, 1.5})), "a: 2 points, from 3.25 at 0 to 1.5 at 500."));
}

TEST(Chart, NamesEverySeriesInTheLegend) {
  Chart chart;
  for (int i = 0; i < 9; ++i) chart.series.push_back({"series " + std::to_string(i), {0, 1}, {0, 1}, {}, {}});
  const std::string svg = chart_svg(chart);
  for (int i = 0; i < 9; ++i) EXPECT_TRUE(has(svg, ">series " + std::to_string(i) + "</text>")) << i;
}

}  // namespace
}  // namespace tvts::test
