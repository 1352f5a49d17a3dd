// The edit distance of two words, for messages that name the nearest known one.
#pragma once

#include <cstddef>
#include <string>

namespace tvts {

// Levenshtein's distance: single bytes put in, taken out or replaced.
std::size_t edit_distance(const std::string& a, const std::string& b);

}  // namespace tvts
