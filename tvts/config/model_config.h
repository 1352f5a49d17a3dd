// The configuration of a model in plain numbers: sizes, kind and activation. No torch, no files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tvts {

// The two published families differ in what follows the last block (docs/model.md, "Output").
enum class ModelKind {
  kB,  // ln_post on every token, then proj
  kH   // ln_post on the CLS token alone, then proj; the other tokens take proj without it
};

enum class Activation {
  kQuickGelu,  // x * sigmoid(1.702 x)
  kGelu        // exact, by erf
};

struct VideoConfig {
  int64_t width = 768;
  int64_t layers = 12;
  int64_t heads = 12;
  int64_t patch_size = 32;   // pixels
  int64_t image_size = 224;  // pixels, both sides
  int64_t num_frames = 12;   // rows of the temporal embedding: the most frames a clip may have

  int64_t patches_per_frame() const { return (image_size / patch_size) * (image_size / patch_size); }
  bool operator==(const VideoConfig&) const = default;
};

struct TextConfig {
  int64_t width = 512;
  int64_t layers = 12;
  int64_t heads = 8;
  int64_t context_length = 77;  // tokens
  int64_t vocab_size = 49408;
  bool operator==(const TextConfig&) const = default;
};

struct ModelConfig {
  std::string name;  // as the user writes it: ViT-B-32
  ModelKind kind = ModelKind::kB;
  Activation activation = Activation::kQuickGelu;
  int64_t embed_dim = 512;
  VideoConfig video;
  TextConfig text;
  bool operator==(const ModelConfig&) const = default;
};

// Throws Error(kInput) naming the field, its value and what it should be: sizes are positive and bounded, heads divide
// widths, patches divide the image.
void validate(const ModelConfig& config);

// The published models: ViT-B-32, ViT-B-16, ViT-H-14 (spelled with "/" or a "-quickgelu" suffix too).
// Throws Error(kUsage) listing the names when it is none of them.
ModelConfig named_model(const std::string& name);
std::vector<std::string> model_names();

// Parameters as the paper counts them leave the temporal attention out; both numbers are shown.
struct ParameterCount {
  int64_t video = 0;
  int64_t text = 0;
  int64_t temporal_attention = 0;  // the part of `video` in timeattn and ln_3
  int64_t total() const { return video + text; }
};
ParameterCount count_parameters(const ModelConfig& config);

// Multiply-adds of one clip of `frames` frames with `kept_patches` patches each, or of one text: matrix products and
// attention, nothing else (the paper's "GFLOPs", Table 8).
int64_t video_multiply_adds(const ModelConfig& config, int64_t frames, int64_t kept_patches);
int64_t text_multiply_adds(const ModelConfig& config);

std::string to_string(ModelKind kind);                 // "B", "H"
std::string to_string(Activation activation);          // "quick_gelu", "gelu"
ModelKind model_kind_named(const std::string& name);   // throws Error(kUsage) listing the names
Activation activation_named(const std::string& name);  // likewise

}  // namespace tvts
