#include "cli/model_options.h"

#include "cli/job.h"

namespace tvts::cli {
namespace {

void declare_stated(CLI::App& command, std::string& activation, std::string& special_tokens) {
  command.add_option("--activation", activation,
                     "quick_gelu or gelu, where a file of others does not state it (default: by its origin)");
  command.add_option("--special-tokens", special_tokens,
                     "openai or open_clip, likewise: how texts spell their start and end");
}

}  // namespace

void declare(CLI::App& command, StatedOptions& options) {
  declare_stated(command, options.activation, options.special_tokens);
}

void declare(CLI::App& command, api::ModelSource& source) {
  api::LoadOptions& options = source.options;
  command.add_option("--pretrained", source.file,
                     "model file: tvts .safetensors, TVTSv2 .pth, OpenAI CLIP .pt, OpenCLIP or Hugging Face weights "
                     "(default: the small model that comes with tvts, which knows no real video)");
  command.add_option("--model", options.model, "what the file should hold: ViT-B-32, ViT-B-16, ViT-H-14 or FILE.json");
  declare_stated(command, options.activation, options.special_tokens);
  command
      .add_option("--precision", options.precision,
                  "matrix products in fp32, bf16 or int8; auto: the fastest that is as good as fp32 (cosine 0.9999)")
      ->capture_default_str();
  command.add_option("--device", options.device, "cpu, cuda or cuda:N")->capture_default_str();
}

PretrainedModel load_unsaid(const api::ModelSource& source, ModelParts parts) {
  set_compute_threads();
  PretrainedModel model = open_model(source.file, source.options, parts);
  throw_if_stopped();
  return model;
}

PretrainedModel load(const api::ModelSource& source, ModelParts parts) {
  PretrainedModel model = load_unsaid(source, parts);
  log(std::exchange(model.remarks, {}));
  return model;
}

}  // namespace tvts::cli
