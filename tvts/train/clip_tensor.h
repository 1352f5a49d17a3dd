// Clips of a batch as the encoders take them.
#pragma once

#include <torch/torch.h>

#include <vector>

#include "tvts/corpora/batch_stream.h"
#include "tvts/text/tokenizer.h"

namespace tvts {

// float32 [B, T, 3, R, R], normalised. All clips have the same number of frames, resized as the preprocessing does.
at::Tensor clip_tensor(const std::vector<TrainingClip>& clips, int64_t image_size, Preprocess preprocess);

// int64 [B * S, L]: the texts of clip 0, of clip 1, ...; every clip has as many. L is the longest text's length: what
// follows the end of all texts changes no feature.
at::Tensor text_ids(const std::vector<TrainingClip>& clips, const Tokenizer& tokenizer);

}  // namespace tvts
