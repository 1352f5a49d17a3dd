#include "tvts/api/torch.h"

#include <algorithm>

#include "tvts/api/clip_values.h"
#include "tvts/api/data_files.h"
#include "tvts/api/model_state.h"
#include "tvts/api/open_model.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/features/encoder_input.h"
#include "tvts/model/plain/clip_shape.h"
#include "tvts/model/pretrained/own_parameters.h"
#include "tvts/model/pretrained/save_model.h"
#include "tvts/model/runtime/device.h"

namespace tvts::api {
namespace {

// A tensor that modules refuse is an argument of the caller here, and not an input.
template <class Call>
auto checked(Call&& call) {
  try {
    return call();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kInput) throw;
    fail_usage(error.what());
  }
}

at::Tensor finished(const at::Tensor& features, bool normalize) {
  return normalize ? l2_normalised(features) : features;
}

}  // namespace

at::Tensor video_tensor(const Model& model, std::span<const Clip> clips, const std::string& preprocess) {
  if (clips.empty()) fail_usage("found no clip, expected one or more");
  const ClipOptions taken = embed_options(model.state().pretrained.spec).clips;
  std::vector<tvts::Clip> own;
  int64_t frames = 1;
  for (const Clip& clip : clips) {
    own.push_back(from_api(clip, taken));
    frames = std::max(frames, clip.frames);
  }
  return tvts::video_tensor(own, preprocess.empty() ? taken.preprocess : preprocess_asked(preprocess), frames);
}

at::Tensor token_ids(const Model& model, std::span<const std::string> texts) {
  return tvts::token_ids(model.state().pretrained.tokenizer, texts);
}

at::Tensor encode_video(const Model& model, const at::Tensor& video, bool normalize) {
  const InferenceModel& engine = model.state().pretrained.model;
  return checked([&] {
    const at::Tensor clips = checked_clips(video, engine.config().video).to(at::kFloat);
    return finished(engine.embed_videos(clips, std::vector<int64_t>(clips.size(0), clips.size(1)), Pool::kCls),
                    normalize);
  });
}

at::Tensor encode_text(const Model& model, const at::Tensor& ids, bool normalize) {
  return checked([&] { return finished(model.state().pretrained.model.embed_texts(ids.to(at::kLong)), normalize); });
}

struct TrainableModel::State {
  std::string path;
  ModelSpec spec;
  DualEncoder model;
  at::Device device;
};

TrainableModel TrainableModel::load(const std::string& file, const LoadOptions& options) {
  const AskedModel asked = asked_model(options.model, options.activation, options.special_tokens);
  const at::Device device = device_named(options.device);
  const ModelState state = open_model_state(pretrained_or_small(file), asked.config,
                                            {.activation = asked.activation, .special_tokens = asked.special_tokens});
  log(remarks_on(state.path, state));
  DualEncoder model = dual_encoder_of(state);
  own_parameters(model);
  for (auto& [name, parameter] : tvts::named_parameters(model)) parameter.requires_grad_(true);
  model.video->to(device);
  model.text->to(device);
  return TrainableModel(std::make_shared<State>(State{state.path, state.spec, std::move(model), device}));
}

ModelInfo TrainableModel::info() const { return info_of(state_->path, state_->spec, Precision::kFp32); }

at::Tensor TrainableModel::encode_video(const at::Tensor& video) {
  return checked([&] { return state_->model.video->forward(video.to(state_->device, at::kFloat)).embedding; });
}

at::Tensor TrainableModel::encode_text(const at::Tensor& ids) {
  return checked([&] { return state_->model.text->forward(ids.to(state_->device, at::kLong)); });
}

std::vector<std::pair<std::string, at::Tensor>> TrainableModel::named_parameters() const {
  return tvts::named_parameters(state_->model);
}

void TrainableModel::save(const std::string& path) const {
  ModelSpec spec = state_->spec;
  constexpr char kFineTuned[] = "fine-tuned from ";
  if (!spec.origin.starts_with(kFineTuned)) spec.origin = kFineTuned + spec.origin;
  save_model(path, state_->model, spec);
}

}  // namespace tvts::api
