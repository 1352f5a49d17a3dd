#include "tvts/model/plain/dual_encoder.h"

namespace tvts {
namespace {

using NamedParameters = std::vector<std::pair<std::string, at::Tensor>>;

template <class Module>
void append(NamedParameters& all, const std::string& prefix, const Module& module) {
  if (module.is_empty()) return;
  for (const auto& parameter : module->named_parameters())
    all.emplace_back(prefix + parameter.key(), parameter.value());
}

}  // namespace

DualEncoder make_dual_encoder(const ModelConfig& config) {
  validate(config);
  return {.config = config, .video = VideoEncoder(config), .text = TextEncoder(config)};
}

NamedParameters named_parameters(const DualEncoder& model) {
  NamedParameters all;
  append(all, "video_model.", model.video);
  append(all, "", model.text);
  append(all, "pred_model.", model.sort_head);
  return all;
}

}  // namespace tvts
