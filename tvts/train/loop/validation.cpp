#include "tvts/train/loop/validation.h"

#include "tvts/core/error.h"
#include "tvts/features/text_embedder.h"
#include "tvts/metrics/retrieval_metrics.h"
#include "tvts/train/objective/contrastive.h"

namespace tvts {
namespace {

constexpr std::size_t kBatch = 16;

EmbedOptions embed_options_of(const TrainConfig& config, const ModelSpec& spec) {
  EmbedOptions options = embed_options(spec);
  if (config.stage == "image-text") options.clips.num_frames = 1;
  options.batch_size = kBatch;
  return options;
}

constexpr double kMostDrift = 0.5;
constexpr double kLeastR1Share = 0.5;

}  // namespace

std::vector<std::string> guard_warnings(const ValidationResult& result) {
  std::vector<std::string> warnings;
  const double start_r1 = result.text_to_video_r1 - result.r1_change;
  if (result.text_drift > kMostDrift) {
    warnings.push_back(concat("text features have drifted by ", result.text_drift, " from the start's (1 - cosine)"));
  }
  if (result.text_to_video_r1 < kLeastR1Share * start_r1) {
    warnings.push_back(concat("R@1 fell to ", result.text_to_video_r1, " % from the start's ", start_r1, " %"));
  }
  return warnings;
}

Validation::Validation(const TrainConfig& config, const ModelSpec& spec, const Tokenizer& tokenizer,
                       std::stop_token stop)
    : tokenizer_(tokenizer),
      device_(config.device),
      embed_(embed_options_of(config, spec)),
      set_(read_validation_set(config, embed_.clips, std::move(stop))) {}

Validation::Features Validation::features(const DualEncoder& model) const {
  const at::NoGradGuard no_grad;
  InferenceModel inference(model, device_, Precision::kFp32);  // shares the model's weights
  const at::Tensor texts = embed_texts(inference, tokenizer_, set_.texts, /*normalize=*/false, kTextBatch);
  const auto clips = static_cast<int64_t>(set_.clips.size());
  return {.videos = embed_clips(inference, set_.clips, embed_),
          .texts = l2_normalised(clip_text(texts.unflatten(0, {clips, set_.segments})))};
}

ValidationResult Validation::remember_start(const DualEncoder& model) {
  const Features start = features(model);
  start_texts_ = start.texts;
  ValidationResult found = result(start);
  start_r1_ = found.text_to_video_r1;
  found.r1_change = 0;
  return found;
}

ValidationResult Validation::run(const DualEncoder& model) const { return result(features(model)); }

ValidationResult Validation::result(const Features& features) const {
  const at::Tensor scores = at::matmul(features.texts, features.videos.t()).contiguous();  // rows = texts
  const std::span<const float> similarity(scores.const_data_ptr<float>(), static_cast<std::size_t>(scores.numel()));
  const VideoOfText own = captions_in_order(size());
  const RetrievalRanks ranks = retrieval_ranks(similarity, own, size());
  const RetrievalMetrics text_to_video = retrieval_metrics(ranks.t2v), video_to_text = retrieval_metrics(ranks.v2t);
  return {.text_to_video_r1 = text_to_video.r1,
          .text_to_video_r5 = text_to_video.r5,
          .video_to_text_r1 = video_to_text.r1,
          .median_rank = text_to_video.median_rank,
          .matched_similarity = mean_matched_similarity(similarity, own, size()),
          .text_drift = 1 - (features.texts * start_texts_).sum(1).mean().item<double>(),
          .r1_change = text_to_video.r1 - start_r1_};
}

}  // namespace tvts
