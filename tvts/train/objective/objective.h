// The training objective of one batch: VTC + lambda TS (paper 3.4).
#pragma once

#include <optional>
#include <string>

#include "tvts/model/plain/dual_encoder.h"
#include "tvts/train/objective/gather.h"

namespace tvts {

// The way from a clip to the embedding that is contrasted with texts.
enum class VideoPath {
  kSpaceTime,    // the model: all frames together, divided attention
  kMeanOfFrames  // the baseline, and the image-text stage: every frame alone (t = 0), normalised, averaged
};

struct ObjectiveOptions {
  double temperature = 0.05;
  double sorting_weight = 2;  // lambda
  bool stop_gradient = true;  // texts enter the sort head detached
  GatherGradient gather_gradient = GatherGradient::kExact;
  VideoPath video_path = VideoPath::kSpaceTime;
  bool bf16 = false;  // the encoders' and the sort head's matrix products; similarities and losses stay in float32
};

struct ObjectiveBatch {
  at::Tensor video;      // float32 [B, T, 3, R, R], normalised
  at::Tensor ids;        // int64 [B * S, L]: the S texts of clip 0, of clip 1, ...
  at::Tensor keep;       // tube mask, int64 [B, n], or undefined
  int64_t segments = 1;  // S: transcripts of a clip, or 1
  // TS: of each clip's own S texts (join 0), or, for clips with one text each, of `join` clips joined into one.
  bool sort = false;
  int64_t join = 0;
};

// The outputs of the networks for a batch, in float32: all that the losses need. A clip's row depends on no other clip
// (where clips are joined: on none outside of its group).
struct EncodedBatch {
  at::Tensor video;        // [B, E]
  at::Tensor texts;        // [B, E]: of each clip, the mean of its S
  at::Tensor sort_logits;  // [B, K, K], or [B / join, K, K]; undefined where the batch is not sorted
};

struct Losses {
  at::Tensor total, contrastive, sorting;  // scalars; undefined where the batch has no such term
  at::Tensor similarity;                   // [W * B, W * B], detached: videos by texts
  at::Tensor sort_logits;                  // [B, K, K], detached
};

// Every frame alone as an image (t = 0, no temporal embedding), L2-normalised and averaged.
// [B, T, 3, R, R] -> [B, E]
at::Tensor mean_of_frames(VideoEncoder& encoder, const at::Tensor& video);

// Throws Error(kInput) when shapes do not fit each other. A sorted batch needs the model's sort head.
EncodedBatch encode(DualEncoder& model, const ObjectiveBatch& batch, const ObjectiveOptions& options);
Losses losses_of(const EncodedBatch& encoded, const ObjectiveOptions& options, Collective& collective);
// Both, one after the other.
Losses compute_losses(DualEncoder& model, const ObjectiveBatch& batch, const ObjectiveOptions& options,
                      Collective& collective);

}  // namespace tvts
