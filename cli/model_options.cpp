#include "cli/model_options.h"

#include "cli/runtime.h"

namespace tvts::cli {

void declare(CLI::App& command, StatedOptions& options) {
  command.add_option("--activation", options.activation,
                     "quick_gelu or gelu, where a file of others does not state it (default: by its origin)");
  command.add_option("--special-tokens", options.special_tokens,
                     "openai or open_clip, likewise: how texts spell their start and end");
}

void declare(CLI::App& command, ModelOptions& options) {
  command.add_option("--pretrained", options.pretrained,
                     "model file: tvts .safetensors, TVTSv2 .pth, OpenAI CLIP .pt, OpenCLIP or Hugging Face weights "
                     "(default: the small model that comes with tvts, which knows no real video)");
  command.add_option("--model", options.model, "what the file should hold: ViT-B-32, ViT-B-16, ViT-H-14 or FILE.json");
  declare(command, options.stated);
  command
      .add_option("--precision", options.precision,
                  "matrix products in fp32, bf16 or int8; auto: the fastest that is as good as fp32 (cosine 0.9999)")
      ->capture_default_str();
  command.add_option("--device", options.device, "cpu, cuda or cuda:N")->capture_default_str();
}

PretrainedModel load_unsaid(const ModelOptions& options, ModelParts parts) {
  at::set_num_threads(static_cast<int>(thread_count()));
  PretrainedModel model = open_model(options.pretrained,
                                     {.model = options.model,
                                      .activation = options.stated.activation,
                                      .special_tokens = options.stated.special_tokens,
                                      .precision = options.precision,
                                      .device = options.device},
                                     parts);
  throw_if_stopped();
  return model;
}

PretrainedModel load(const ModelOptions& options, ModelParts parts) {
  PretrainedModel model = load_unsaid(options, parts);
  log(std::exchange(model.remarks, {}));
  return model;
}

}  // namespace tvts::cli
