// The attention of one clip as maps over its frames.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <vector>

#include "tvts/model/plain/space_time_block.h"

namespace tvts {

// The CLS query's weights. With its weight of the CLS key, the weights of one head sum to 1 over all frames together.
struct AttentionMap {
  at::Tensor patches;  // float32 [H, T, rows, columns]; NaN where the tube mask took the patch away
  at::Tensor cls;      // float32 [H]: the weight of the CLS key
};

// weights: of the block's spatial attention, for one clip; keep: its tube mask, int64 [1, n], or undefined.
// patches_per_frame: N, a square number.
AttentionMap cls_attention_map(const DividedWeights& weights, const at::Tensor& keep, std::int64_t patches_per_frame);

// One head: the mean of all.
AttentionMap mean_of_heads(const AttentionMap& map);

// A patch of a clip: its frame, and its row and column among the patches of the frame, from 0.
struct PatchPosition {
  std::int64_t frame = 0, row = 0, column = 0;
};

// The attention of the patch's query over time: float32 [H, 1 + T], the CLS key and then its own cell in every frame.
// Each row sums to 1. Throws Error(kUsage) when the patch is outside the frames or taken away by the mask.
at::Tensor temporal_attention(const DividedWeights& weights, const at::Tensor& keep, std::int64_t patches_per_frame,
                              const PatchPosition& patch);

}  // namespace tvts
