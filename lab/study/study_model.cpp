#include "lab/study/study_model.h"

#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/features/text_embedder.h"

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
  PretrainedModel loaded =
      load_model(path, {.keep_sort_head = true, .device = options.device, .vocabulary_path = options.vocabulary_path});
  log(loaded.remarks);
  const EmbedOptions embed = embed_options_of(loaded.spec, options.pool);
  return {std::move(loaded), embed};
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
