#include "tvts/train/objective/sorting.h"

#include "tvts/core/error.h"

namespace tvts {
namespace {

// 0, 1, ... K-1 for each clip: [B * K]
at::Tensor positions(const at::Tensor& logits) {
  return at::arange(logits.size(1), logits.options().dtype(at::kLong)).repeat({logits.size(0)});
}

}  // namespace

at::Tensor sorting_loss(const at::Tensor& logits) {
  return at::cross_entropy_loss(logits.flatten(0, 1), positions(logits));
}

double sorting_accuracy(const at::Tensor& logits) {
  return logits.flatten(0, 1).argmax(1).eq(positions(logits)).to(at::kDouble).mean().item<double>();
}

at::Tensor join_clips(const at::Tensor& clips, int64_t segments) {
  const int64_t batch = clips.size(0), frames = clips.size(1);
  if (batch % segments != 0 || frames % segments != 0) {
    fail_input("sorting alt-texts: ", batch, " clips of ", frames, " frames cannot be joined by ", segments,
               "; choose a batch and a number of frames that it divides");
  }
  const int64_t each = frames / segments;
  // The middle of `each` equal intervals of the clip's frames.
  const at::Tensor chosen = (at::arange(each, clips.options().dtype(at::kLong)) * 2 + 1) * frames / (2 * each);
  const at::Tensor parts = clips.index_select(1, chosen.to(at::kLong));  // [B, T/K, 3, R, R]
  return parts.unflatten(0, {batch / segments, segments}).flatten(1, 2);
}

}  // namespace tvts
