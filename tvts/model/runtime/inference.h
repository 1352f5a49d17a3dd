// A model made ready to compute features: on a device, in a precision, without gradients. Const functions may be called
// from many threads.
#pragma once

#include <memory>
#include <vector>

#include "tvts/config/pool.h"
#include "tvts/model/plain/dual_encoder.h"
#include "tvts/model/plain/encoders.h"
#include "tvts/model/plain/pooling.h"
#include "tvts/model/runtime/precision.h"

namespace tvts {

class InferenceModel {
 public:
  // device: what torch::Device reads, "cpu", "cuda", "cuda:1". Throws Error(kUsage) when it is not one or not there,
  // or cannot compute in the precision.
  InferenceModel(DualEncoder model, const std::string& device, Precision precision, const OnPacked& on_packed = {});

  // video: float32 [B, T, 3, R, R], where clip i has frames[i] frames and zeros after them. Returns float32 [B, E] on
  // the CPU, not normalised (with Pool::kMean: normalised, by its definition).
  at::Tensor embed_videos(const at::Tensor& video, const std::vector<int64_t>& frames, Pool pool) const;

  // The token features too, on the CPU, float32.
  VideoFeatures video_features(const at::Tensor& video) const;

  // VideoEncoder's attention_weights() on the CPU, float32. By the plain model.
  BlockWeights attention_weights(const at::Tensor& video, const at::Tensor& keep, int64_t layer);

  // ids: int64 [B, L] -> float32 [B, E] on the CPU, not normalised.
  at::Tensor embed_texts(const at::Tensor& ids) const;

  const ModelConfig& config() const { return model_.config; }
  Precision precision() const { return precision_; }
  at::Device device() const { return device_; }

  // True if features come from the fast path (tvts/model/cpu/inference) or from the plain model.
  bool is_fast() const { return is_fast_; }

 private:
  at::Tensor mean_of_frames(const at::Tensor& video, const std::vector<int64_t>& frames) const;

  VideoFeatures features(const at::Tensor& video, bool with_tokens) const;

  DualEncoder model_;
  at::Device device_;
  Precision precision_;
  bool is_fast_;
  std::unique_ptr<Encoders> encoders_;
};

}  // namespace tvts
