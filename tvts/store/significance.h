// The significance of a score. Each row's scores against a bank of neutral texts estimate its scores with a text that
// has nothing to do with it; a hit's p-value is how often such a text would score as high or higher.
//
// Assumption: a row's scores over neutral texts are normal with the bank's mean and deviation. Limits, stated in
// docs/formats-store.md: a bank of N texts cannot show that a chance is below 1 / (N + 1), so that p ends there, as a
// bound, and the distance z goes on; p is of one row, so that of N rows about N p pass by chance; and it is of texts,
// so that it says nothing about a query by video or image.
#pragma once

#include <span>
#include <string>

#include "tvts/media/inputs/row.h"

namespace tvts {

// bank: [texts, E], row after row, of at least 2 texts; embedding: [E]. The deviation is the sample's (texts - 1).
ScoreStatistics neutral_statistics(std::span<const float> embedding, std::span<const float> bank);

inline constexpr int kNeutralTexts = 256;  // of share/neutral_texts.txt
inline constexpr double kLowestP = 1.0 / (kNeutralTexts + 1);

// The significance of a score for its row.
struct Significance {
  double z = 0;             // the score's distance from the neutral mean, in deviations
  double p = 1;             // the normal tail beyond the score, or kLowestP where that is less
  bool p_is_bound = false;  // p is kLowestP, and the chance is below it
  bool operator==(const Significance&) const = default;
};

// z is 0 and p is 1 where the deviation is 0: a row that scores the same with every text allows no statement.
Significance significance(double score, const ScoreStatistics& neutral);

// The distance whose normal tail is p, 0 < p < 1.
double z_of_p(double p);

// p for people: "0.0123", or "< 0.004" where it is a bound.
std::string p_text(const Significance& significance);

}  // namespace tvts
