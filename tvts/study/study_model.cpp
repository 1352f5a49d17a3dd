#include "tvts/study/study_model.h"

#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/embed/text_embedder.h"
#include "tvts/pretrained/load_model.h"

namespace tvts {
namespace {

constexpr std::size_t kClipBatch = 16;

EmbedOptions embed_options_of(const ModelSpec& spec, std::optional<Pool> pool) {
  EmbedOptions options = embed_options(spec);
  options.pool = pool.value_or(spec.pool);
  options.batch_size = kClipBatch;
  return options;
}

}  // namespace

StudyModel load_study_model(const std::string& path, const LoadStudyModel& options) {
  const ModelState state = open_model_state(path, std::nullopt, {.keep_sort_head = true});
  log(remarks_on(path, state));
  DualEncoder model = make_dual_encoder(state.spec.config);
  if (state.has_sort_head) model.sort_head = SortHead(model.config.embed_dim, state.segments);
  fill_parameters(model, state);
  InferenceModel placed(model, options.device, Precision::kFp32);
  if (state.has_sort_head) model.sort_head->to(placed.device());
  return {.path = state.path,
          .spec = state.spec,
          .model = std::move(placed),
          .embed = embed_options_of(state.spec, options.pool),
          .sort_head = model.sort_head,
          .segments = state.has_sort_head ? state.segments : 0,
          .tokenizer = make_tokenizer(state.spec, options.vocabulary_path)};
}

at::Tensor encode_texts(StudyModel& model, const std::vector<std::string>& texts) {
  return embed_texts(model.model, model.tokenizer, texts, /*normalize=*/true, kTextBatch);
}

at::Tensor sort_logits(StudyModel& model, const at::Tensor& videos, const std::vector<std::string>& texts) {
  TVTS_ASSERT(model.segments > 0 && static_cast<int64_t>(texts.size()) == videos.size(0) * model.segments);
  const at::NoGradGuard no_grad;
  const at::Device device = model.model.device();
  const at::Tensor features = embed_texts(model.model, model.tokenizer, texts, /*normalize=*/false, kTextBatch);
  const at::Tensor of_clips = features.unflatten(0, {videos.size(0), model.segments}).to(device);
  return model.sort_head(model.model.video_features(videos).tokens.to(device), of_clips).to(at::kCPU);
}

}  // namespace tvts
