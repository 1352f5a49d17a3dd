// The features of the neutral texts, against which a store keeps every row's score statistics.
#pragma once

#include <string>

#include "tvts/features/text_embedder.h"
#include "tvts/media/inputs/row.h"

namespace tvts {

struct NeutralBank {
  at::Tensor features;  // [texts, E], of length 1
  std::string sha256;   // of the text file
};

NeutralBank embed_neutral_bank(const InferenceModel& model, const Tokenizer& tokenizer, const std::string& texts_path);

// Adds the statistics to every row, whatever the rows' length.
void add_statistics(std::vector<EmbeddedRow>& rows, const NeutralBank& bank);

}  // namespace tvts
