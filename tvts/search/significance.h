// Is a score of 0.27 a match? Each row's scores against a bank of neutral texts tell what it scores with a text that
// has nothing to do with it; a hit's p-value is how often such a text would score as high or higher.
//
// Assumption: a row's scores over neutral texts are normal with the bank's mean and deviation. Limits, stated in
// docs/formats-store.md: the bank has some 250 texts, so that p below about 0.004 is an extrapolation of the tail; p is
// of one row, so that of N rows about N p pass by chance; and it is of texts, so that it says nothing about a query by
// video or image.
#pragma once

#include <span>

#include "tvts/search/row.h"

namespace tvts {

// bank: [texts, E], row after row, of at least 2 texts; embedding: [E]. The deviation is the sample's (texts - 1).
ScoreStatistics neutral_statistics(std::span<const float> embedding, std::span<const float> bank);

// The normal tail beyond `score`. 1 where the deviation is 0: a row that scores the same with every text allows no
// statement.
double p_value(double score, const ScoreStatistics& neutral);

}  // namespace tvts
