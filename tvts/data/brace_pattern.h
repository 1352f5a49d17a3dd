// "shards/{00000..00099}.tar": many names in one, as users of tar shards write them.
#pragma once

#include <string>
#include <vector>

namespace tvts {

// Every {first..last} of decimal numbers, first <= last, is counted through; where one of the two begins with a zero,
// all get the width of the longer. Several ranges: the last one runs fastest. Other braces stand for themselves.
// Throws Error(kUsage) on more than 100,000 names.
std::vector<std::string> expand_braces(const std::string& pattern);

}  // namespace tvts
