// The result of one input: the rows of its clips, collected from the batches in which they went through the model.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tvts/features/batch_reader.h"
#include "tvts/media/inputs/row.h"

namespace tvts {

// The token features of one clip (VideoFeatures), and each frame's mean over its patches.
struct ClipTokens {
  at::Tensor tokens;  // [L, E]
  at::Tensor frames;  // [T, E]
};

struct EmbeddedItem {
  MediaItem item;                  // without its content
  ItemResult result;               // rows, or an error
  std::vector<ClipTokens> tokens;  // beside the rows, when requested
  std::size_t frames = 0;          // that went through the model
};

// A batch that has been through the model.
struct EmbeddedBatch {
  std::vector<std::size_t> items;     // [B]: where each clip belongs, in its group
  std::vector<RowInfo> infos;         // [B]: its times
  std::vector<int64_t> frame_counts;  // [B]
  int64_t frames = 0;                 // T, with those that stand in for missing ones
  at::Tensor embeddings;              // float32 [B, E]
  at::Tensor tokens;                  // [B, L, E] when requested
};

// The items of a group, in its order. batches: all of it, in the order of their clips.
std::vector<EmbeddedItem> embedded_items(ReadGroup group, const std::vector<EmbeddedBatch>& batches);

}  // namespace tvts
