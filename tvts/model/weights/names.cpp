#include "tvts/model/weights/names.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "tvts/core/error.h"
#include "tvts/model/weights/other_models.h"

namespace tvts {
namespace {

struct Rename {
  std::string_view ours, theirs;
};

// The first rename whose `ours` begins the name; the rest of the name stays.
template <std::size_t N>
std::optional<std::string> renamed(const std::string& name, const std::array<Rename, N>& renames) {
  for (const Rename& rename : renames) {
    if (name.starts_with(rename.ours)) return std::string(rename.theirs) + name.substr(rename.ours.size());
  }
  return std::nullopt;
}

// Replaces one part inside a name.
void replace(std::string& name, std::string_view from, std::string_view to) {
  const auto at = name.find(from);
  if (at != std::string::npos) name.replace(at, from.size(), to);
}

constexpr std::array<Rename, 6> kClip = {{{"video_model.", "visual."},
                                          {"text_model.", "transformer."},
                                          {"text_token_embedding.", "token_embedding."},
                                          {"text_positional_embedding", "positional_embedding"},
                                          {"text_projection", "text_projection"},
                                          {"text_ln_final.", "ln_final."}}};

constexpr std::array<Rename, 12> kHuggingFace = {{
    {"video_model.class_embedding", "vision_model.embeddings.class_embedding"},
    {"video_model.conv1.", "vision_model.embeddings.patch_embedding."},
    {"video_model.positional_embedding", "vision_model.embeddings.position_embedding.weight"},
    {"video_model.ln_pre.", "vision_model.pre_layrnorm."},  // so spelled in the files
    {"video_model.ln_post.", "vision_model.post_layernorm."},
    {"video_model.proj", "visual_projection.weight"},
    {"video_model.transformer.resblocks.", "vision_model.encoder.layers."},
    {"text_model.resblocks.", "text_model.encoder.layers."},
    {"text_token_embedding.", "text_model.embeddings.token_embedding."},
    {"text_positional_embedding", "text_model.embeddings.position_embedding.weight"},
    {"text_projection", "text_projection.weight"},
    {"text_ln_final.", "text_model.final_layer_norm."},
}};

// Parts of a model that no CLIP has.
bool is_ours_alone(const std::string& name) {
  return name.starts_with("pred_model.") || name.ends_with("temporal_embedding") ||
         name.find(".timeattn.") != std::string::npos || name.find(".ln_3.") != std::string::npos;
}

std::optional<Source> clip_source(const std::string& name, bool custom_text) {
  std::optional<std::string> found = renamed(name, kClip);
  if (!found) return std::nullopt;
  if (name.starts_with("video_model.")) {
    replace(*found, "attn.qkv.", "attn.in_proj_");
    replace(*found, "attn.proj.", "attn.out_proj.");
  } else if (custom_text) {
    found->insert(0, "text.");
  }
  return Source{{*found}};
}

std::optional<Source> hugging_face_source(const std::string& name) {
  std::optional<std::string> found = renamed(name, kHuggingFace);
  if (!found) return std::nullopt;
  if (name == "video_model.proj" || name == "text_projection") return Source{{*found}, true};
  replace(*found, ".ln_1.", ".layer_norm1.");
  replace(*found, ".ln_2.", ".layer_norm2.");
  replace(*found, ".mlp.c_fc.", ".mlp.fc1.");
  replace(*found, ".mlp.c_proj.", ".mlp.fc2.");
  replace(*found, ".attn.proj.", ".self_attn.out_proj.");
  replace(*found, ".attn.out_proj.", ".self_attn.out_proj.");
  for (const std::string_view joined : {".attn.qkv.", ".attn.in_proj_"}) {
    const auto at = found->find(joined);
    if (at == std::string::npos) continue;
    const std::string block = found->substr(0, at), kind = found->substr(at + joined.size());
    return Source{{block + ".self_attn.q_proj." + kind, block + ".self_attn.k_proj." + kind,
                   block + ".self_attn.v_proj." + kind}};
  }
  return Source{{*found}};
}

bool has_prefix(const Checkpoint& checkpoint, std::string_view prefix) {
  return std::any_of(checkpoint.tensors.begin(), checkpoint.tensors.end(),
                     [&](const NamedTensor& tensor) { return tensor.name.starts_with(prefix); });
}

bool has_openai_sizes(const Checkpoint& checkpoint) {
  return checkpoint.find("input_resolution") != nullptr && checkpoint.find("context_length") != nullptr;
}

// OpenAI's files keep three integers as tensors. Without those they are recognised by their types: TorchScript in
// float16, or matrices in float16 beside norms in float32.
bool is_of_openai(const Checkpoint& checkpoint) {
  if (has_openai_sizes(checkpoint)) return true;
  const TensorView* norm = checkpoint.find("ln_final.weight");
  const bool has_float_norms = norm != nullptr && norm->dtype == DType::F32;
  const bool is_half = checkpoint.find("visual.conv1.weight")->dtype == DType::F16;
  return is_half && (has_float_norms || checkpoint.form == CheckpointForm::kTorchScript);
}

[[noreturn]] void fail_unknown(const Checkpoint& checkpoint) {
  constexpr std::size_t kShown = 5, kShownLength = 100;
  std::string some;
  for (std::size_t i = 0; i < std::min(checkpoint.tensors.size(), kShown); ++i)
    some += " " + checkpoint.tensors[i].name.substr(0, kShownLength);
  fail_input(checkpoint.path, " is ", to_string(checkpoint.form), " of ", checkpoint.tensors.size(),
             " tensors of a model that is not known here (they begin with:", some, "); ", kReadModels);
}

}  // namespace

std::string to_string(Family family) {
  switch (family) {
    case Family::kTvtsv2: return "TVTSv2";
    case Family::kOpenAiClip: return "OpenAI CLIP";
    case Family::kOpenClip:
    case Family::kOpenClipCustom: return "OpenCLIP";
    case Family::kHuggingFaceClip: return "Hugging Face CLIP";
  }
  return "";
}

Family family_of(const Checkpoint& checkpoint) {
  refuse_other_model(checkpoint);
  if (has_prefix(checkpoint, "video_model.")) return Family::kTvtsv2;
  if (has_prefix(checkpoint, "vision_model.") && has_prefix(checkpoint, "text_model.")) return Family::kHuggingFaceClip;
  if (checkpoint.find("visual.conv1.weight") == nullptr || !has_prefix(checkpoint, "visual.transformer.resblocks.")) {
    fail_unknown(checkpoint);
  }
  if (has_prefix(checkpoint, "text.transformer.")) return Family::kOpenClipCustom;
  return is_of_openai(checkpoint) ? Family::kOpenAiClip : Family::kOpenClip;
}

bool is_certain(const Checkpoint& checkpoint, Family family) {
  switch (family) {
    case Family::kTvtsv2:
    case Family::kOpenClipCustom: return true;
    case Family::kOpenAiClip: return has_openai_sizes(checkpoint);
    case Family::kOpenClip: return checkpoint.find("logit_bias") != nullptr;
    case Family::kHuggingFaceClip: return false;
  }
  return false;
}

std::optional<Source> source_of(Family family, const std::string& name) {
  if (family == Family::kTvtsv2) return Source{{name}};
  if (is_ours_alone(name)) return std::nullopt;
  if (family == Family::kHuggingFaceClip) return hugging_face_source(name);
  return clip_source(name, family == Family::kOpenClipCustom);
}

bool is_unused(Family family, const std::string& source_name) {
  static constexpr std::array<std::string_view, 5> kUnused = {"logit_scale", "logit_bias", "input_resolution",
                                                              "context_length", "vocab_size"};
  if (std::find(kUnused.begin(), kUnused.end(), source_name) != kUnused.end()) return true;
  return is_clip(family) && (source_name.ends_with("attn_mask") || source_name.ends_with(".position_ids"));
}

}  // namespace tvts
