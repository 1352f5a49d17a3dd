// "shards/{00000..00099}.tar": many names in one, as users of tar shards write them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tvts {

// The most names that all patterns of a command together may stand for.
struct PatternBudget {
  std::size_t names = 1'000'000;
  std::size_t bytes = std::size_t{64} << 20;
};

// Every {first..last} of decimal numbers, first <= last, is counted through; where one of the two begins with a zero,
// all get the width of the longer. Several ranges: the last one runs fastest. Other braces stand for themselves.
// Takes from the budget what it gives. Throws Error(kUsage) on more than that, and on more than 100,000 names.
std::vector<std::string> expand_braces(const std::string& pattern, PatternBudget& budget);
std::vector<std::string> expand_braces(const std::string& pattern);

}  // namespace tvts
