#include "tvts/model/weights/other_models.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "tvts/core/error.h"

namespace tvts {
namespace {

struct OtherModel {
  const char* is;
  // Both are parts of some tensor's name; `second` may be empty.
  std::string_view first, second = "";
};

// The first that fits counts, so the narrower ones stand first.
constexpr OtherModel kOtherModels[] = {
    {"a LoRA adapter and not the model that it changes; merge the two and save the result", "lora_A."},
    {"a LoRA adapter and not the model that it changes; merge the two and save the result", "lora_down."},
    {"a LoRA adapter and not the model that it changes; merge the two and save the result", "lora_A"},
    {"the state of an optimizer and not a model", ".exp_avg"},
    {"flattened parameters of FSDP; gather a full state dict and save that", "_flat_param"},
    {"an X-CLIP (a CLIP for videos with message tokens and prompts)", "prompts_generator."},
    {"an X-CLIP (a CLIP for videos with message tokens and prompts)", "message_fc."},
    {"a SigLIP or SigLIP 2 (no class token, attention pooling)", "vision_model.head.probe"},
    {"a SigLIP or SigLIP 2 in OpenCLIP's form", "visual.trunk.attn_pool."},
    {"an EVA-CLIP", "visual.rope."},
    {"an EVA-CLIP", "visual.blocks.", ".attn.q_proj."},
    {"an EVA-CLIP", "visual.blocks.", ".attn.q_bias"},
    {"an EVA-CLIP in OpenCLIP's form", "visual.trunk.blocks.", ".mlp.fc1_g."},
    {"an EVA-CLIP in OpenCLIP's form", "visual.trunk.rope."},
    {"a CLIP with a ResNet", "visual.layer1."},
    {"a CLIP with a ConvNeXt", "visual.trunk.stages."},
    {"a CLIP with an image tower of timm", "visual.trunk."},
    {"a CLIP with an image tower of timm", "visual.blocks."},
    {"a CoCa", "text_decoder.", "visual."},
    {"a BLIP-2 or InstructBLIP", "qformer."},
    {"a BLIP-2 or InstructBLIP", "Qformer."},
    {"a BLIP or ALBEF", "visual_encoder."},
    {"a BLIP", "vision_model.encoder.layers.0.self_attn.qkv."},
    {"an ALIGN", "vision_model.embeddings.convolution."},
    {"a GroupViT", "vision_model.encoder.stages."},
    {"a LanguageBind", "vision_model.", ".temporal_attn."},
    {"an AltCLIP", "text_model.roberta."},
    {"a Chinese-CLIP", "vision_model.", "text_model.encoder.layer.0."},
    {"a Chinese-CLIP", "visual.", "bert.encoder.layer."},
    {"a CLIP with a text tower of Hugging Face (roberta and the like)", "text.transformer.encoder.layer."},
    {"a CLIP with a text tower of Hugging Face (roberta and the like)", "text.transformer.embeddings."},
    {"a CLAP (texts and sounds)", "audio_model."},
    {"a CLAP (texts and sounds)", "audio_branch."},
    {"an ImageBind", "modality_trunks."},
    {"a FLAVA", "multimodal_model."},
    {"a MobileCLIP", "image_encoder.model."},
    {"a ViCLIP or InternVideo", "vision_encoder."},
    {"a ViCLIP or InternVideo", "temporal_positional_embedding"},
    {"the first TVTS or a Frozen in Time (its text tower is a DistilBERT)", "vid_proj.", "txt_proj."},
    {"a language model that sees (LLaVA, Qwen-VL and the like)", "language_model."},
    {"a language model that sees (LLaVA, Qwen-VL and the like)", "visual.merger."},
    {"a Stable Diffusion checkpoint", "model.diffusion_model."},
    {"a Stable Diffusion checkpoint", "first_stage_model."},
    {"a UNet or VAE of diffusers", "down_blocks.", "up_blocks."},
    {"a diffusion transformer", "transformer_blocks."},
    {"a Segment Anything", "mask_decoder."},
    {"a VideoMAE (an image or video tower without texts)", "videomae."},
    {"a masked autoencoder (MAE, VideoMAE: no texts)", "encoder_to_decoder."},
    {"a masked autoencoder (MAE, VideoMAE: no texts)", "decoder_blocks.", "mask_token"},
    {"a TimeSformer (no texts)", "timesformer."},
    {"a TimeSformer (no texts)", "temporal_attn."},
    {"a ViViT (no texts)", "vivit."},
    {"an S3D (MIL-NCE)", "mixed_3b."},
    {"a DINOv2 (an image tower without texts)", "layer_scale1.lambda1"},
    {"a DINOv2 (an image tower without texts)", "blocks.0.ls1.gamma"},
    {"a DINOv2 (an image tower without texts)", "register_tokens"},
    {"a Swin transformer (no texts)", "relative_position_bias_table"},
    {"a vision transformer without texts (timm, DINO, MAE)", "patch_embed.proj.", "blocks.0.attn."},
    {"a vision transformer without texts", "encoder.layer.0.attention.attention.query."},
    {"a vision transformer without texts (torchvision)", "encoder.layers.encoder_layer_0."},
    {"a ResNet without texts", "layer1.0.conv1.weight"},
    {"a T5", "encoder.block.0.layer.0.SelfAttention."},
    {"a speech model (Whisper and the like)", "decoder.", ".encoder_attn."},
    {"a speech model (Whisper and the like)", "decoder.blocks.", ".cross_attn."},
    {"a text model like BERT", "layer.0.attention.self.query."},
    {"a text model like DistilBERT", "transformer.layer.0.attention.q_lin."},
    {"a language model", "layers.0.self_attn.q_proj.", "embed_tokens."},
    {"a language model", "lm_head."},
    {"a language model", "layers.0.attention.wq."},
    {"a language model", "h.0.attn.c_attn."}};

struct OtherPart {
  const char* is;
  std::string_view part;
};
constexpr OtherPart kOtherParts[] = {{"layer scale", ".ls_1."},
                                     {"layer scale", ".ls_2."},
                                     {"layer scale", ".ls1."},
                                     {"layer scale", ".gamma_1"},
                                     {"attention pooling", "attn_pool."},
                                     {"norms of queries and keys", ".attn.ln_q."},
                                     {"norms of queries and keys", ".q_norm."},
                                     {"attention by scaled cosines", ".attn.logit_scale"},
                                     {"attention heads with scales", ".attn.head_scale"},
                                     {"a norm behind the attention", ".ln_attn."},
                                     {"a norm inside the MLP", ".mlp.ln."},
                                     {"gated MLPs", ".mlp.w12."},
                                     {"gated MLPs", ".mlp.c_gate."},
                                     {"a class token in the text tower", "cls_emb"},
                                     {"a patch embedding with a bias", "visual.conv1.bias"},
                                     {"a text projection with a bias", "text_projection.bias"},
                                     {"rotary positions", ".rope."},
                                     {"relative positions", "relative_position_bias"}};

const std::string* name_with(const Checkpoint& checkpoint, std::string_view part) {
  for (const NamedTensor& tensor : checkpoint.tensors) {
    if (tensor.name.find(part) != std::string::npos) return &tensor.name;
  }
  return nullptr;
}

bool is_left_out(const Checkpoint& checkpoint, std::string_view part) {
  return std::any_of(checkpoint.left_out.begin(), checkpoint.left_out.end(),
                     [&](const std::string& name) { return name.find(part) != std::string::npos; });
}

const OtherModel* find_other(const Checkpoint& checkpoint, bool with_left_out) {
  const auto has = [&](std::string_view part) {
    return name_with(checkpoint, part) != nullptr || (with_left_out && is_left_out(checkpoint, part));
  };
  const auto found = std::find_if(std::begin(kOtherModels), std::end(kOtherModels), [&](const OtherModel& other) {
    return has(other.first) && (other.second.empty() || has(other.second));
  });
  return found == std::end(kOtherModels) ? nullptr : &*found;
}

bool any_begins(const Checkpoint& checkpoint, std::string_view prefix) {
  return std::any_of(checkpoint.tensors.begin(), checkpoint.tensors.end(),
                     [&](const NamedTensor& tensor) { return tensor.name.starts_with(prefix); });
}

// "an image tower alone" and the like; nothing for both towers or none.
const char* single_tower(const Checkpoint& checkpoint) {
  const bool has_vision_model = any_begins(checkpoint, "vision_model."), has_visual = any_begins(checkpoint, "visual.");
  const bool has_video = any_begins(checkpoint, "video_model.");
  const bool has_text = any_begins(checkpoint, "text_model.") || any_begins(checkpoint, "text.") ||
                        any_begins(checkpoint, "transformer.resblocks.") || any_begins(checkpoint, "token_embedding.");
  const bool is_bare_image =
      checkpoint.find("conv1.weight") != nullptr && any_begins(checkpoint, "transformer.resblocks.");
  if (is_bare_image) return "the image tower of a CLIP alone";
  if (has_video && !has_text) return "the video tower of a TVTSv2 alone";
  if ((has_vision_model || has_visual) && !has_text) return "the image tower of a CLIP alone";
  if (has_text && !has_vision_model && !has_visual && !has_video) return "a text tower alone";
  return nullptr;
}

// MLPs of a CLIP are four times as wide as the model.
void refuse_other_mlp(const Checkpoint& checkpoint, Family family, const char* ours) {
  const auto source = source_of(family, ours);
  const TensorView* weight = source ? checkpoint.find(source->names[0]) : nullptr;
  if (weight == nullptr || weight->shape.size() != 2 || weight->shape[1] < 1) return;
  const int64_t wide = weight->shape[0], width = weight->shape[1];
  if (wide % width == 0 && wide / width == 4) return;
  fail_input(checkpoint.path, " (", to_string(family), ") has MLPs of width ", wide, " in a model of width ", width,
             " (", source->names[0], "): an MLP ratio of ", static_cast<double>(wide) / static_cast<double>(width),
             ", which is not supported; only 4 is");
}

}  // namespace

void refuse_other_model(const Checkpoint& checkpoint) {
  const char* tower = single_tower(checkpoint);
  const OtherModel* other = find_other(checkpoint, tower != nullptr);
  if (other != nullptr) fail_input(checkpoint.path, " holds ", other->is, ", which is not read; ", kReadModels);
  if (tower != nullptr) {
    fail_input(checkpoint.path, " holds ", tower, ", and a model needs both towers; ", kReadModels);
  }
}

void refuse_other_parts(const Checkpoint& checkpoint, Family family) {
  for (const OtherPart& other : kOtherParts) {
    if (const std::string* name = name_with(checkpoint, other.part)) {
      fail_input(checkpoint.path, " (", to_string(family), ") has ", other.is, " ('", *name,
                 "'), which is not supported; ", kReadModels);
    }
  }
  refuse_other_mlp(checkpoint, family, "video_model.transformer.resblocks.0.mlp.c_fc.weight");
  refuse_other_mlp(checkpoint, family, "text_model.resblocks.0.mlp.c_fc.weight");
}

}  // namespace tvts
