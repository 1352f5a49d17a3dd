#include "tvts/api/model_state.h"
#include "tvts/api/open_model.h"
#include "tvts/core/version.h"

namespace tvts::api {

Model Model::load(const std::string& file, const LoadOptions& options) {
  PretrainedModel pretrained = open_model(file, options);
  log(std::exchange(pretrained.remarks, {}));
  return Model(std::make_shared<const State>(State{std::move(pretrained)}));
}

ModelInfo info_of(const std::string& path, const ModelSpec& spec, Precision precision) {
  return {.path = path,
          .name = spec.config.name,
          .origin = spec.origin,
          .precision = to_string(precision),
          .embed_dim = spec.config.embed_dim,
          .num_frames = spec.config.video.num_frames,
          .image_size = spec.config.video.image_size};
}

ModelInfo Model::info() const {
  const PretrainedModel& model = state_->pretrained;
  return info_of(model.path, model.spec, model.model.precision());
}

void set_log(std::function<void(LogLevel, const std::string&)> sink) {
  if (!sink) return set_log_sink({});
  set_log_sink([sink = std::move(sink)](tvts::LogLevel level, std::string_view sentence) {
    if (level < tvts::LogLevel::kInfo) return;
    const LogLevel shown = level == tvts::LogLevel::kInfo      ? LogLevel::kInfo
                           : level == tvts::LogLevel::kWarning ? LogLevel::kWarning
                                                               : LogLevel::kError;
    sink(shown, std::string(sentence));
  });
}

std::string version() { return tvts::version(); }

}  // namespace tvts::api
