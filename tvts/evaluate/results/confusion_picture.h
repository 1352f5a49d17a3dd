// The confusion matrix as a picture: a row for each right class, a column for each predicted one.
#pragma once

#include <string>

#include "tvts/evaluate/results/evaluation.h"
#include "tvts/report/table.h"

namespace tvts {

// The bytes of a PNG file: the darker a cell, the larger the share of its row. At least 400 pixels wide.
std::string confusion_png(const Evaluation& evaluation);

// The pairs of different classes that are confused most often.
Table confusion_table(const Evaluation& evaluation, std::size_t most = 15);

}  // namespace tvts
