// Helpers shared by the tests of pages and pictures.
#pragma once

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <string_view>

#include "tvts/report/chart.h"

namespace tvts::test {

inline constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Markup, quotes, controls, bytes that are no UTF-8, what XML does not allow, and much of it.
inline const std::string kHostile =
    "]]></title><script>alert(1)</script>&lt;\"'\x01\x1b[31m\x7f\xc0\xaf\xed\xa0\x80\xef\xbf\xbe" +
    std::string(300, 'W');

inline std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + what.size())) ++found;
  return found;
}
inline bool has(std::string_view text, std::string_view what) { return count(text, what) > 0; }

inline Chart chart_of(std::vector<double> x, std::vector<double> y) {
  return {.title = "T", .x_label = "step", .y_label = "loss", .series = {{"a", std::move(x), std::move(y), {}, {}}}};
}

}  // namespace tvts::test
