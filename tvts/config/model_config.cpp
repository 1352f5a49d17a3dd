#include "tvts/config/model_config.h"

#include <algorithm>

#include "tvts/core/error.h"

namespace tvts {
namespace {

// Far above any model that fits a machine, far below where products of sizes could wrap.
constexpr int64_t kLargestSize = 1 << 20;
constexpr int64_t kLargestDepth = 1024;

void require_size(const char* field, int64_t value, int64_t largest = kLargestSize) {
  if (value < 1 || value > largest) {
    fail_input("model config: ", field, " is ", value, "; expected 1 to ", largest);
  }
}

void require_divides(const char* divisor_field, int64_t divisor, const char* field, int64_t value) {
  if (value % divisor != 0) {
    fail_input("model config: ", field, " is ", value, ", which ", divisor_field, " = ", divisor, " does not divide");
  }
}

ModelConfig b_model(const std::string& name, int64_t patch_size) {
  ModelConfig config;
  config.name = name;
  config.video.patch_size = patch_size;
  return config;
}

ModelConfig h_model() {
  ModelConfig config;
  config.name = "ViT-H-14";
  config.kind = ModelKind::kH;
  config.activation = Activation::kGelu;
  config.embed_dim = 1024;
  config.video = {.width = 1280, .layers = 32, .heads = 16, .patch_size = 14, .image_size = 224, .num_frames = 12};
  config.text = {.width = 1024, .layers = 24, .heads = 16, .context_length = 77, .vocab_size = 49408};
  return config;
}

const std::vector<ModelConfig>& published_models() {
  static const std::vector<ModelConfig> models = {b_model("ViT-B-32", 32), b_model("ViT-B-16", 16), h_model()};
  return models;
}

// A Linear(in, out) with bias.
int64_t linear_parameters(int64_t in, int64_t out) { return in * out + out; }
int64_t attention_parameters(int64_t width) {
  return linear_parameters(width, 3 * width) + linear_parameters(width, width);
}
int64_t mlp_parameters(int64_t width) {
  return linear_parameters(width, 4 * width) + linear_parameters(4 * width, width);
}
int64_t norm_parameters(int64_t width) { return 2 * width; }

}  // namespace

void validate(const ModelConfig& config) {
  require_size("embed_dim", config.embed_dim);
  const VideoConfig& video = config.video;
  require_size("video.width", video.width);
  require_size("video.layers", video.layers, kLargestDepth);
  require_size("video.heads", video.heads);
  require_size("video.patch_size", video.patch_size);
  require_size("video.image_size", video.image_size, 1 << 14);
  require_size("video.num_frames", video.num_frames, 1 << 16);
  require_divides("video.heads", video.heads, "video.width", video.width);
  require_divides("video.patch_size", video.patch_size, "video.image_size", video.image_size);
  const TextConfig& text = config.text;
  require_size("text.width", text.width);
  require_size("text.layers", text.layers, kLargestDepth);
  require_size("text.heads", text.heads);
  require_size("text.context_length", text.context_length, 1 << 16);
  require_size("text.vocab_size", text.vocab_size, 1 << 24);
  require_divides("text.heads", text.heads, "text.width", text.width);
}

ModelConfig named_model(const std::string& name) {
  std::string wanted = name;
  std::replace(wanted.begin(), wanted.end(), '/', '-');
  const std::string suffix = "-quickgelu";
  if (wanted.ends_with(suffix)) wanted.resize(wanted.size() - suffix.size());
  for (const ModelConfig& model : published_models()) {
    if (model.name == wanted) return model;
  }
  std::string names;
  for (const ModelConfig& model : published_models()) names += " " + model.name;
  fail_usage("no model is called '", name, "'; the names are:", names, " (or give a .json file of sizes)");
}

std::vector<std::string> model_names() {
  std::vector<std::string> names;
  for (const ModelConfig& model : published_models()) names.push_back(model.name);
  return names;
}

ParameterCount count_parameters(const ModelConfig& config) {
  const VideoConfig& video = config.video;
  const TextConfig& text = config.text;
  const int64_t d = video.width;
  const int64_t temporal = video.layers * (attention_parameters(d) + norm_parameters(d));
  const int64_t spatial = video.layers * (attention_parameters(d) + mlp_parameters(d) + 2 * norm_parameters(d));
  const int64_t embeddings =
      3 * video.patch_size * video.patch_size * d + d + (1 + video.patches_per_frame()) * d + video.num_frames * d;
  const int64_t text_blocks =
      text.layers * (attention_parameters(text.width) + mlp_parameters(text.width) + 2 * norm_parameters(text.width));
  return {.video = embeddings + 2 * norm_parameters(d) + spatial + temporal + d * config.embed_dim,
          .text = (text.vocab_size + text.context_length) * text.width + text_blocks + norm_parameters(text.width) +
                  text.width * config.embed_dim,
          .temporal_attention = temporal};
}

int64_t video_multiply_adds(const ModelConfig& config, int64_t frames, int64_t kept_patches) {
  const VideoConfig& video = config.video;
  const int64_t d = video.width;
  const int64_t patches = frames * kept_patches;
  const int64_t tokens = 1 + patches;
  const int64_t embedding = patches * 3 * video.patch_size * video.patch_size * d;
  const int64_t linears = tokens * d * d * (4 + 4 + 8);  // two attentions, one MLP
  // Queries times keys, then weights times values: the CLS query over all tokens, patch queries over their own frame
  // (space) or cell (time) and the CLS key.
  const int64_t attention = 2 * d * (2 * tokens + patches * (1 + kept_patches) + patches * (1 + frames));
  const int64_t projected = config.kind == ModelKind::kB ? tokens : 1;
  return embedding + video.layers * (linears + attention) + projected * d * config.embed_dim;
}

int64_t text_multiply_adds(const ModelConfig& config) {
  const TextConfig& text = config.text;
  const int64_t tokens = text.context_length;
  const int64_t linears = tokens * text.width * text.width * (4 + 8);
  const int64_t attention = 2 * tokens * tokens * text.width;
  return text.layers * (linears + attention) + text.width * config.embed_dim;
}

std::string to_string(ModelKind kind) { return kind == ModelKind::kB ? "B" : "H"; }
std::string to_string(Activation activation) { return activation == Activation::kGelu ? "gelu" : "quick_gelu"; }

ModelKind model_kind_named(const std::string& name) {
  if (name == "B") return ModelKind::kB;
  if (name == "H") return ModelKind::kH;
  fail_usage("model config: kind is '", name, "'; expected B or H");
}

Activation activation_named(const std::string& name) {
  if (name == "quick_gelu") return Activation::kQuickGelu;
  if (name == "gelu") return Activation::kGelu;
  fail_usage("model config: activation is '", name, "'; expected quick_gelu or gelu");
}

}  // namespace tvts
