// Clips and texts as the encoders take them, for inference, validation and training alike.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>
#include <string>

#include "tvts/config/preprocess.h"
#include "tvts/media/video/clip.h"
#include "tvts/text/tokenizer.h"

namespace tvts {

// The filling after the frames of a clip that has fewer than T.
enum class MissingFrames { kZeros, kRepeatLast };

// float32 [B, T, 3, R, R], normalised as the preprocessing does. Clips, one or more, have the same R and at most
// num_frames (T) frames.
at::Tensor video_tensor(std::span<const Clip> clips, Preprocess preprocess, int64_t num_frames,
                        MissingFrames missing = MissingFrames::kZeros);

// int64 [texts, L]: L is the tokenizer's context length.
at::Tensor token_ids(const Tokenizer& tokenizer, std::span<const std::string> texts);

// The same up to the end of the longest text: what follows the end of all texts changes no feature.
at::Tensor without_padding(const at::Tensor& ids);

}  // namespace tvts
