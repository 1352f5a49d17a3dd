#include "tvts/model/runtime/inference.h"

#include "tvts/core/error.h"
#include "tvts/model/cpu/inference/fast_encoders.h"
#include "tvts/model/cpu/inference/fast_path.h"
#include "tvts/model/runtime/device.h"
#include "tvts/model/runtime/plain_encoders.h"

namespace tvts {
namespace {

template <class Module>
void place(Module& module, at::Device device) {
  if (module.is_empty()) return;
  module->to(device);
  module->eval();
}

Products products_in(Precision precision) {
  if (precision == Precision::kInt8) return {.type = fastest_type(), .in_bytes = true};
  return {.type = precision == Precision::kBf16 ? at::kBFloat16 : at::kFloat};
}

}  // namespace

InferenceModel::InferenceModel(DualEncoder model, const std::string& device, Precision precision,
                               const OnPacked& on_packed)
    : model_(std::move(model)),
      device_(device_named(device)),
      precision_(precision),
      is_fast_(takes_fast_path(device_, products_in(precision))) {
  if (is_fast_) {
    encoders_ = fast_encoders(model_, products_in(precision), on_packed);
  } else if (precision == Precision::kInt8) {
    fail_usage("precision int8 runs on a CPU with AVX2 alone; expected fp32 or bf16 here");
  } else {
    hold_matrices_in(model_, precision);
    encoders_ = plain_encoders(model_);
  }
  place(model_.video, device_);
  place(model_.text, device_);
}

at::Tensor InferenceModel::embed_videos(const at::Tensor& video, const std::vector<int64_t>& frames, Pool pool) const {
  TVTS_ASSERT(static_cast<int64_t>(frames.size()) == video.size(0));
  if (pool == Pool::kMean) return mean_of_frames(video, frames);
  return features(video, /*with_tokens=*/false).embedding;
}

VideoFeatures InferenceModel::video_features(const at::Tensor& video) const {
  return features(video, /*with_tokens=*/true);
}

VideoFeatures InferenceModel::features(const at::Tensor& video, bool with_tokens) const {
  const at::InferenceMode no_gradients;
  const VideoFeatures found = encoders_->video(video.to(device_), with_tokens);
  return {.embedding = found.embedding.cpu(), .tokens = with_tokens ? found.tokens.cpu() : at::Tensor()};
}

BlockWeights InferenceModel::attention_weights(const at::Tensor& video, const at::Tensor& keep, int64_t layer) {
  TVTS_ASSERT(!model_.video.is_empty());
  const at::InferenceMode no_gradients;
  const at::Tensor keep_there = keep.defined() ? keep.to(device_) : keep;
  const BlockWeights weights = model_.video->attention_weights(video.to(device_), keep_there, layer);
  const auto here = [](const DividedWeights& one) {
    return DividedWeights{.cls = one.cls.cpu(), .patches = one.patches.cpu()};
  };
  return {.space = here(weights.space), .time = here(weights.time)};
}

at::Tensor InferenceModel::mean_of_frames(const at::Tensor& video, const std::vector<int64_t>& frames) const {
  const at::InferenceMode no_gradients;
  std::vector<at::Tensor> means;
  for (size_t clip = 0; clip < frames.size(); ++clip) {
    const at::Tensor images = video[static_cast<int64_t>(clip)].narrow(0, 0, frames[clip]).to(device_);
    means.push_back(mean_pooled(encoders_->images(images)));
  }
  return l2_normalised(at::stack(means)).cpu();
}

at::Tensor InferenceModel::embed_texts(const at::Tensor& ids) const {
  const at::InferenceMode no_gradients;
  return encoders_->texts(ids.to(device_)).cpu();
}

}  // namespace tvts
