#include "tvts/model/weights/expected.h"

#include <cmath>

#include "tvts/core/error.h"

namespace tvts {
namespace {

constexpr int64_t kSortBlocks = 2;

// The growing list, under the names of one module.
class List {
 public:
  explicit List(std::vector<ExpectedTensor>& tensors, std::string prefix = "")
      : tensors_(tensors), prefix_(std::move(prefix)) {}

  List in(const std::string& module) const { return List(tensors_, prefix_ + module + "."); }
  void tensor(const std::string& name, Shape shape) const { tensors_.push_back({prefix_ + name, std::move(shape)}); }
  void norm(const std::string& name, int64_t width) const {
    in(name).tensor("weight", {width});
    in(name).tensor("bias", {width});
  }
  void linear(const std::string& name, int64_t in_features, int64_t out_features) const {
    in(name).tensor("weight", {out_features, in_features});
    in(name).tensor("bias", {out_features});
  }
  void attention(const std::string& name, int64_t width) const {
    in(name).linear("qkv", width, 3 * width);
    in(name).linear("proj", width, width);
  }
  void mlp(const std::string& first, const std::string& second, int64_t width) const {
    in("mlp").linear(first, width, 4 * width);
    in("mlp").linear(second, 4 * width, width);
  }

 private:
  std::vector<ExpectedTensor>& tensors_;
  std::string prefix_;
};

// nn.MultiheadAttention's names, as CLIP's text tower has them.
void text_attention(const List& block, int64_t width) {
  block.in("attn").tensor("in_proj_weight", {3 * width, width});
  block.in("attn").tensor("in_proj_bias", {3 * width});
  block.in("attn").linear("out_proj", width, width);
}

// The published B code registers the attention before ln_1 and the MLP before ln_2; the H code the other way round.
void text_block(const List& block, ModelKind kind, int64_t width) {
  if (kind == ModelKind::kH) block.norm("ln_1", width);
  text_attention(block, width);
  block.norm(kind == ModelKind::kH ? "ln_2" : "ln_1", width);
  block.mlp("c_fc", "c_proj", width);
  if (kind == ModelKind::kB) block.norm("ln_2", width);
}

void video_block(const List& block, ModelKind kind, int64_t width) {
  if (kind == ModelKind::kH) block.norm("ln_1", width);
  block.attention("attn", width);
  block.attention("timeattn", width);
  block.norm("ln_3", width);
  block.norm(kind == ModelKind::kH ? "ln_2" : "ln_1", width);
  block.mlp("c_fc", "c_proj", width);
  if (kind == ModelKind::kB) block.norm("ln_2", width);
}

void text_encoder(const List& list, const ModelConfig& config) {
  const int64_t width = config.text.width;
  list.tensor("text_positional_embedding", {config.text.context_length, width});
  list.tensor("text_projection", {width, config.embed_dim});
  for (int64_t i = 0; i < config.text.layers; ++i) {
    text_block(list.in(concat("text_model.resblocks.", i)), config.kind, width);
  }
  list.in("text_token_embedding").tensor("weight", {config.text.vocab_size, width});
  list.norm("text_ln_final", width);
}

void video_encoder(const List& list, const ModelConfig& config) {
  const VideoConfig& video = config.video;
  list.tensor("class_embedding", {video.width});
  list.tensor("positional_embedding", {1 + video.patches_per_frame(), video.width});
  list.tensor("proj", {video.width, config.embed_dim});
  list.tensor("temporal_embedding", {video.num_frames, video.width});
  list.in("conv1").tensor("weight", {video.width, 3, video.patch_size, video.patch_size});
  list.norm("ln_pre", video.width);
  for (int64_t i = 0; i < video.layers; ++i) {
    video_block(list.in(concat("transformer.resblocks.", i)), config.kind, video.width);
  }
  list.norm("ln_post", video.width);
}

// 1 / sqrt(fan in), the bound of a Linear's usual start, of its bias too.
double linear_bound(const ExpectedTensor& tensor, int64_t width) {
  const bool is_mlp_output = tensor.name.find(".fc2.") != std::string::npos;
  return 1 / std::sqrt(static_cast<double>(is_mlp_output ? 4 * width : width));
}

InitRule fresh_norm(const ExpectedTensor& tensor) {
  return {tensor.name.ends_with(".weight") ? Init::kOnes : Init::kZeros};
}

}  // namespace

std::vector<ExpectedTensor> expected_tensors(const ModelConfig& config) {
  std::vector<ExpectedTensor> tensors;
  text_encoder(List(tensors), config);
  video_encoder(List(tensors).in("video_model"), config);
  return tensors;
}

std::vector<ExpectedTensor> expected_sort_head(const ModelConfig& config, int64_t segments) {
  std::vector<ExpectedTensor> tensors;
  const List head = List(tensors).in("pred_model");
  const int64_t width = config.embed_dim;
  head.tensor("type_embed", {1, 2, width});
  for (int64_t i = 0; i < kSortBlocks; ++i) {
    const List block = head.in(concat("blocks.", i));
    block.norm("norm1", width);
    block.attention("attn", width);
    block.norm("norm2", width);
    block.mlp("fc1", "fc2", width);
  }
  head.norm("norm", width);
  head.linear("head", width, segments);
  return tensors;
}

InitRule fresh_start(const ExpectedTensor& tensor, const ModelConfig& config, const FreshStart& start) {
  const std::string& name = tensor.name;
  const auto has = [&](const char* part) { return name.find(part) != std::string::npos; };
  const double by_width = 1 / std::sqrt(static_cast<double>(config.video.width));
  if (has("temporal_embedding")) return start.for_training ? InitRule{Init::kNormal, by_width} : InitRule{};
  if (has(".timeattn.")) {
    if (start.random_temporal) return {Init::kUniform, by_width};
    return {name.ends_with("timeattn.proj.weight") ? Init::kOnes : Init::kZeros};
  }
  if (has(".ln_3.") || has(".norm")) return fresh_norm(tensor);
  if (has(".type_embed")) return {};
  TVTS_ASSERT(has("pred_model."));
  return {Init::kUniform, linear_bound(tensor, config.embed_dim)};
}

}  // namespace tvts
