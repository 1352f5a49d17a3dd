// Checks the token ids that a text encoder accepts, and finds the ends of the texts.
#pragma once

#include <torch/torch.h>

#include "tvts/config/model_config.h"

namespace tvts {

// Throws Error(kInput) unless ids are [B, L], L from 1 to context_length, each in [0, vocab_size).
void check_token_ids(const at::Tensor& ids, const TextConfig& config);

// The position of each text's end, int64 [B]: the end-of-text token has the largest id; of equal ones the first counts.
at::Tensor ends_of_texts(const at::Tensor& ids);

}  // namespace tvts
