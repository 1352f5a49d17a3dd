// Aligns the timed words of a transcript with the words of its clean spelling.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace tvts {

// For each timed word the words of `spelled` that are said in its place, joined by a space: none, one or more. Each
// spelled word is used once.
// Dynamic time warping on the edit distance of words, in code points, letter case and ASCII punctuation ignored, near
// the diagonal: no further than max(32, a tenth of the timed words) from it where the counts allow that. Spelled words
// beyond as many as that more than the timed ones are left out.
// Of a word the first 256 code points are compared. Throws Error(kInput) above 2^28 pairs of words.
std::vector<std::string> align_words(std::span<const std::string> timed, std::span<const std::string> spelled);

}  // namespace tvts
