// Tensors and modules, for programs that link libtorch themselves: the very libtorch that tvts was built with, whose
// version `tvts doctor` prints. What needs no tensor is in tvts.h and clips.h.
//
//   const at::Tensor video = tvts::api::video_tensor(model, clips);         // [B, T, 3, R, R]
//   const at::Tensor features = tvts::api::encode_video(model, video);      // [B, E]
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "tvts/api/clips.h"

namespace tvts::api {

// Clips as encode_video() takes them: float32 [B, T, 3, R, R], normalised as the model file states, or as `preprocess`
// names. T is that of the longest clip; a clip of fewer frames has zeros after them. Thread-safe.
// Throws Error(kUsage) for no clip, or one that is not of the model's size.
TVTS_API at::Tensor video_tensor(const Model& model, std::span<const Clip> clips, const std::string& preprocess = "");

// Texts as encode_text() takes them: int64 [texts, L], L the model's context length. Thread-safe.
TVTS_API at::Tensor token_ids(const Model& model, std::span<const std::string> texts);

// By the engine of Model: without gradients, on its device and in its precision; the result is on the CPU, float32, of
// length 1 if `normalize`. A video's embedding is that of its CLS token, over all T frames. Many threads may call them.
// Throw Error(kUsage) when a shape does not fit.
TVTS_API at::Tensor encode_video(const Model& model, const at::Tensor& video, bool normalize = true);
TVTS_API at::Tensor encode_text(const Model& model, const at::Tensor& ids, bool normalize = true);

// The model as it is defined (paper 3.1), with float32 weights of its own that take gradients: for fine-tuning, and for
// losses of your own. Copies share the weights. One thread at a time.
class TVTS_API TrainableModel {
 public:
  // As Model::load(); options.precision does not apply.
  static TrainableModel load(const std::string& file = "", const LoadOptions& options = {});

  ModelInfo info() const;

  // Features are not normalised, and on the model's device, to which the inputs are brought. Throw Error(kUsage) when a
  // shape does not fit. video: [B, T, 3, R, R], T up to the model's, or [B, 3, R, R] for pictures -> float32 [B, E]
  at::Tensor encode_video(const at::Tensor& video);
  // ids: int64 [B, L] -> float32 [B, E]
  at::Tensor encode_text(const at::Tensor& ids);

  // All weights under the names that model files give them; they are the model's own.
  std::vector<std::pair<std::string, at::Tensor>> named_parameters() const;

  // A model file that Model::load() and the command read, whole or not at all; its origin says that it was fine-tuned.
  // Throws Error(kFailed) when it cannot be written.
  void save(const std::string& path) const;

 private:
  struct State;
  explicit TrainableModel(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;
};

}  // namespace tvts::api
