#include "tvts/train/objective/objective.h"

#include "tvts/core/error.h"
#include "tvts/model/cpu/inference/fast_path.h"
#include "tvts/model/cpu/training/fast_video_features.h"
#include "tvts/model/plain/autocast.h"
#include "tvts/model/plain/pooling.h"
#include "tvts/train/objective/contrastive.h"
#include "tvts/train/objective/sorting.h"

namespace tvts {
namespace {

// `tokens` may be undefined where they are not requested.
VideoFeatures space_time_features(DualEncoder& model, const at::Tensor& video, const at::Tensor& keep,
                                  bool with_tokens) {
  const at::Device device = video.device();
  const at::ScalarType type = Autocast::is_on(device.type()) ? at::kBFloat16 : at::kFloat;
  if (takes_fast_path(device, {.type = type})) return fast_video_features(model, video, keep, with_tokens, type);
  return model.video(video, keep);
}

VideoFeatures encode_video(DualEncoder& model, const ObjectiveBatch& batch, VideoPath path) {
  if (path == VideoPath::kSpaceTime) return space_time_features(model, batch.video, batch.keep, batch.sort);
  return {.embedding = mean_of_frames(model.video, batch.video)};
}

// text_features [B, S, E] -> logits of the sort head, for each clip or for each `join` clips.
at::Tensor sort_logits(DualEncoder& model, const ObjectiveBatch& batch, const VideoFeatures& video,
                       const at::Tensor& text_features) {
  TVTS_ASSERT(!model.sort_head.is_empty());
  if (batch.join == 0) return model.sort_head(video.tokens, text_features);
  const at::Tensor clips = join_clips(batch.video, batch.join);
  // The mask of the first of the clips that are joined.
  const at::Tensor keep = batch.keep.defined() ? batch.keep.slice(0, 0, batch.keep.size(0), batch.join) : batch.keep;
  const at::Tensor texts = text_features.reshape({clips.size(0), batch.join, text_features.size(-1)});
  return model.sort_head(space_time_features(model, clips, keep, /*with_tokens=*/true).tokens, texts);
}

}  // namespace

at::Tensor mean_of_frames(VideoEncoder& encoder, const at::Tensor& video) {
  const at::Tensor frames = encoder->forward_images(video.flatten(0, 1));
  return mean_pooled(frames.unflatten(0, {video.size(0), video.size(1)}));
}

EncodedBatch encode(DualEncoder& model, const ObjectiveBatch& batch, const ObjectiveOptions& options) {
  const Autocast autocast(batch.video.device().type(), options.bf16);
  const VideoFeatures video = encode_video(model, batch, options.video_path);
  const at::Tensor texts = model.text(batch.ids).unflatten(0, {batch.video.size(0), batch.segments});
  EncodedBatch encoded = {.video = video.embedding, .texts = clip_text(texts)};
  if (batch.sort) {
    const at::Tensor given = options.stop_gradient ? texts.detach() : texts;
    encoded.sort_logits = sort_logits(model, batch, video, given).to(at::kFloat);
  }
  return encoded;
}

Losses losses_of(const EncodedBatch& encoded, const ObjectiveOptions& options, Collective& collective) {
  const at::Tensor similarity = similarity_matrix(gather(encoded.video, collective, options.gather_gradient),
                                                  gather(encoded.texts, collective, options.gather_gradient));
  Losses losses;
  losses.contrastive = contrastive_loss(similarity, options.temperature);
  losses.total = losses.contrastive;
  losses.similarity = similarity.detach();
  if (encoded.sort_logits.defined()) {
    losses.sorting = sorting_loss(encoded.sort_logits);
    losses.total = losses.contrastive + options.sorting_weight * losses.sorting;
    losses.sort_logits = encoded.sort_logits.detach();
  }
  return losses;
}

Losses compute_losses(DualEncoder& model, const ObjectiveBatch& batch, const ObjectiveOptions& options,
                      Collective& collective) {
  return losses_of(encode(model, batch, options), options, collective);
}

}  // namespace tvts
