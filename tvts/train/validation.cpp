#include "tvts/train/validation.h"

#include <algorithm>

#include "tvts/clips/clip_stream.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/eval/retrieval_metrics.h"
#include "tvts/model/autocast.h"
#include "tvts/objective/contrastive.h"
#include "tvts/train/clip_tensor.h"

namespace tvts {
namespace {

constexpr int64_t kBatch = 16;

MediaFeed feed_of(const std::shared_ptr<const Corpus>& corpus, int64_t limit) {
  return [corpus, next = int64_t{0}, end = std::min(limit, corpus->size())]() mutable -> std::optional<MediaItem> {
    if (next == end) return std::nullopt;
    MediaItem item;
    const VideoSource video = corpus->video(next);
    item.path = video.path;
    item.start_seconds = video.start_seconds;
    item.end_seconds = video.end_seconds;
    item.caption = corpus->text(next).caption;
    ++next;
    return item;
  };
}

// A clip of fewer frames than T repeats its last one, as training repeats frames.
TrainingClip to_training_clip(const MediaItem& item, const Clip& clip, int64_t frames) {
  TrainingClip result = {.key = item.path, .frames = frames, .pixels = clip.pixels, .texts = {item.caption}};
  const std::size_t frame_size = clip.pixels.size() / static_cast<std::size_t>(clip.frames);
  while (result.pixels.size() < static_cast<std::size_t>(frames) * frame_size) {
    result.pixels.insert(result.pixels.end(), clip.pixels.end() - static_cast<std::ptrdiff_t>(frame_size),
                         clip.pixels.end());
  }
  return result;
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

Validation::Validation(const TrainConfig& config, const ModelConfig& model, const Tokenizer& tokenizer,
                       std::stop_token stop)
    : image_size_(model.video.image_size) {
  const int64_t frames = config.stage == "image-text" ? 1 : model.video.num_frames;
  const auto corpus = open_corpus({.name = "validation",
                                   .form = config.validation.form,
                                   .list = config.validation.list,
                                   .root = config.validation.root});
  ClipStream stream(feed_of(corpus, config.validation.limit), {.num_frames = frames, .image_size = image_size_},
                    static_cast<std::size_t>(config.data.workers), std::move(stop));
  while (const auto item = stream.next_item()) {
    if (const auto clip = stream.next_clip()) {
      clips_.push_back(to_training_clip(*item, *clip, frames));
    } else {
      log_warning("validation: " + stream.item_end().error);
    }
  }
  if (clips_.size() < 2) fail_input(config.validation.list, ": fewer than two of its clips can be read");
  ids_ = text_ids(clips_, tokenizer);
}

at::Tensor Validation::text_features(DualEncoder& model, const ObjectiveOptions& options) const {
  const at::NoGradGuard no_grad;
  const at::Device device = named_parameters(model).front().second.device();
  const Autocast autocast(device.type(), options.bf16);
  std::vector<at::Tensor> features;
  for (const at::Tensor& ids : ids_.split(4 * kBatch)) features.push_back(model.text(ids.to(device)));
  return unit_length(at::cat(features)).to(at::kCPU);
}

at::Tensor Validation::video_features(DualEncoder& model, const ObjectiveOptions& options) const {
  const at::NoGradGuard no_grad;
  const at::Device device = named_parameters(model).front().second.device();
  const Autocast autocast(device.type(), options.bf16);
  std::vector<at::Tensor> features;
  for (std::size_t begin = 0; begin < clips_.size(); begin += kBatch) {
    const std::size_t end = std::min(clips_.size(), begin + kBatch);
    const at::Tensor video = clip_tensor({clips_.begin() + static_cast<std::ptrdiff_t>(begin),
                                          clips_.begin() + static_cast<std::ptrdiff_t>(end)},
                                         image_size_)
                                 .to(device);
    features.push_back(options.video_path == VideoPath::kSpaceTime ? model.video(video).embedding
                                                                   : mean_of_frames(model.video, video));
  }
  return unit_length(at::cat(features)).to(at::kCPU);
}

ValidationResult Validation::remember_start(DualEncoder& model, const ObjectiveOptions& options) {
  start_texts_ = text_features(model, options);
  ValidationResult result = run(model, options);
  start_r1_ = result.text_to_video_r1;
  result.r1_change = 0;
  return result;
}

ValidationResult Validation::run(DualEncoder& model, const ObjectiveOptions& options) const {
  const at::Tensor texts = text_features(model, options);
  const at::Tensor scores = at::matmul(texts, video_features(model, options).t()).contiguous();  // rows = texts
  const std::span<const float> similarity(scores.data_ptr<float>(), static_cast<std::size_t>(scores.numel()));
  const VideoOfText own = captions_in_order(size());
  const RetrievalRanks ranks = retrieval_ranks(similarity, own, size());
  const RetrievalMetrics text_to_video = retrieval_metrics(ranks.t2v), video_to_text = retrieval_metrics(ranks.v2t);
  return {.text_to_video_r1 = text_to_video.r1,
          .text_to_video_r5 = text_to_video.r5,
          .video_to_text_r1 = video_to_text.r1,
          .median_rank = text_to_video.median_rank,
          .matched_similarity = mean_matched_similarity(similarity, own, size()),
          .text_drift = 1 - (texts * start_texts_).sum(1).mean().item<double>(),
          .r1_change = text_to_video.r1 - start_r1_};
}

}  // namespace tvts
