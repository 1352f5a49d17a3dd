#include "tvts/study/study_model.h"

#include "tvts/core/error.h"
#include "tvts/engine/inference.h"
#include "tvts/pretrained/load_model.h"

namespace tvts {
namespace {

constexpr int64_t kTextBatch = 64;

// int64 [texts, L]
at::Tensor ids_of(const std::vector<std::string>& texts, const Tokenizer& tokenizer) {
  const int64_t length = tokenizer.context_length();
  const at::Tensor ids = at::empty({static_cast<int64_t>(texts.size()), length}, at::kInt);
  auto* row = ids.data_ptr<std::int32_t>();
  for (const std::string& text : texts) {
    tokenizer.encode(text, {row, static_cast<std::size_t>(length)});
    row += length;
  }
  return ids.to(at::kLong);
}

// Not normalised.
at::Tensor text_features(StudyModel& model, const std::vector<std::string>& texts) {
  std::vector<at::Tensor> features;
  for (const at::Tensor& ids : ids_of(texts, model.tokenizer).split(kTextBatch)) {
    features.push_back(model.model.text(ids.to(model.device)));
  }
  return at::cat(features);
}

}  // namespace

StudyModel load_study_model(const std::string& path, const LoadStudyModel& options) {
  const ModelState state = open_model_state(path, std::nullopt, {.keep_sort_head = true});
  log_remarks(path, state);
  DualEncoder model = make_dual_encoder(state.spec.config);
  if (state.has_sort_head) model.sort_head = SortHead(model.config.embed_dim, state.segments);
  fill_parameters(model, state);
  const InferenceModel placed(model, options.device, Precision::kFp32);  // checks the device; shares the encoders
  const at::Device device(options.device);
  if (state.has_sort_head) model.sort_head->to(device);
  return {.path = state.path,
          .spec = state.spec,
          .model = std::move(model),
          .segments = state.has_sort_head ? state.segments : 0,
          .tokenizer = make_tokenizer(state.spec, options.vocabulary_path),
          .video_path = options.video_path,
          .device = device};
}

at::Tensor encode_texts(StudyModel& model, const std::vector<std::string>& texts) {
  const at::NoGradGuard no_grad;
  return l2_normalised(text_features(model, texts)).to(at::kCPU);
}

at::Tensor encode_videos(StudyModel& model, const at::Tensor& videos) {
  const at::NoGradGuard no_grad;
  const at::Tensor placed = videos.to(model.device);
  const at::Tensor features = model.video_path == VideoPath::kSpaceTime ? model.model.video(placed).embedding
                                                                        : mean_of_frames(model.model.video, placed);
  return l2_normalised(features).to(at::kCPU);
}

at::Tensor sort_logits(StudyModel& model, const at::Tensor& videos, const std::vector<std::string>& texts) {
  TVTS_ASSERT(model.segments > 0 && static_cast<int64_t>(texts.size()) == videos.size(0) * model.segments);
  const at::NoGradGuard no_grad;
  const at::Tensor features = text_features(model, texts).unflatten(0, {videos.size(0), model.segments});
  return model.model.sort_head(model.model.video(videos.to(model.device)).tokens, features).to(at::kCPU);
}

}  // namespace tvts
