// Models and files that are not read are called by their name.
#include "tvts/model/weights/other_models.h"

#include <gtest/gtest.h>

#include <array>

#include "tests/model/weights/written_model.h"
#include "tests/support/error_text.h"
#include "tvts/core/whole_file.h"
#include "tvts/model/weights/infer.h"

namespace tvts {
namespace {

using namespace std::string_literals;
using test::contains;
using test::error_text;

std::string error_of(const std::vector<std::string>& names) {
  const std::string path = test::write_names(names);
  return error_text([&] { family_of(read_checkpoint(path)); });
}

struct OtherNames {
  std::vector<std::string> names;
  const char* word;
};

TEST(OtherModels, AreCalledByTheirNames) {
  const std::vector<OtherNames> others = {
      {{"vision_model.head.probe", "text_model.head.weight"}, "SigLIP"},
      {{"vision_model.encoder.layers.0.message_fc.weight", "text_model.final_layer_norm.bias"}, "X-CLIP"},
      {{"visual.blocks.0.attn.q_proj.weight", "visual.rope.freqs_cos", "text.positional_embedding"}, "EVA-CLIP"},
      {{"visual.layer1.0.conv1.weight", "token_embedding.weight"}, "ResNet"},
      {{"visual.trunk.stages.0.blocks.0.norm.weight", "text.token_embedding.weight"}, "ConvNeXt"},
      {{"visual.conv1.weight", "text_decoder.resblocks.0.ln_1.weight"}, "CoCa"},
      {{"vision_model.encoder.layers.0.self_attn.qkv.weight", "text_decoder.bert.embeddings.x"}, "BLIP"},
      {{"vision_model.embeddings.convolution.weight", "text_model.encoder.layer.0.x"}, "ALIGN"},
      {{"base_model.model.vision_model.encoder.layers.0.self_attn.q_proj.lora_A.weight"}, "LoRA"},
      {{"encoder.layer.0.layer_scale1.lambda1", "embeddings.mask_token"}, "DINOv2"},
      {{"videomae.encoder.layer.0.attention.attention.query.weight"}, "VideoMAE"},
      {{"patch_embed.proj.weight", "blocks.0.attn.qkv.weight"}, "vision transformer without texts"},
      {{"down_blocks.0.resnets.0.conv1.weight", "up_blocks.0.resnets.0.conv1.weight"}, "diffusers"},
      {{"vision_tower.vision_model.embeddings.class_embedding", "language_model.model.norm.weight"}, "LLaVA"},
      {{"model.embed_tokens.weight", "model.layers.0.self_attn.q_proj.weight"}, "a language model"},
      {{"visual.conv1.weight.exp_avg"}, "optimizer"},
      {{"visual.conv1.weight", "visual.transformer.resblocks.0.ln_1.weight"}, "image tower of a CLIP alone"},
      {{"vision_model.embeddings.class_embedding", "visual_projection.weight"}, "image tower of a CLIP alone"},
      {{"conv1.weight", "class_embedding", "transformer.resblocks.0.ln_1.weight"}, "image tower of a CLIP alone"},
      {{"text_model.final_layer_norm.bias"}, "text tower alone"},
      {{"token_embedding.weight", "transformer.resblocks.0.ln_1.weight"}, "text tower alone"},
      {{"video_model.conv1.weight"}, "video tower of a TVTSv2 alone"}};
  for (const OtherNames& other : others) {
    const std::string error = error_of(other.names);
    EXPECT_TRUE(contains(error, other.word)) << error;
    EXPECT_TRUE(contains(error, "read are TVTSv2 models and CLIPs")) << error;
  }
}

TEST(OtherModels, OfNoKnownNameShowSomeOfTheirTensors) {
  const std::string error = error_of({"something.else", "one.more"});
  EXPECT_TRUE(contains(error, "2 tensors of a model that is not known here")) << error;
  EXPECT_TRUE(contains(error, "something.else")) << error;
}

TEST(OtherModels, AreNoneOfThoseThatAreRead) {
  for (const Family family :
       {Family::kTvtsv2, Family::kOpenAiClip, Family::kOpenClipCustom, Family::kHuggingFaceClip}) {
    EXPECT_NO_THROW(family_of(read_checkpoint(test::write_zeros(test::entries_of(family)))));
  }
}

// The sizes of OpenAI's ViT-L/14, which is none of the published TVTSv2's.
TEST(OtherModels, AViTL14IsReadByItsSizes) {
  ModelConfig large;
  large.embed_dim = 768;
  large.video = {.width = 1024, .layers = 1, .heads = 16, .patch_size = 14, .image_size = 224, .num_frames = 12};
  large.text = {.width = 768, .layers = 1, .heads = 12, .context_length = 77, .vocab_size = 600};
  Checkpoint checkpoint;
  for (const TensorEntry& entry : test::entries_of(Family::kOpenAiClip, large)) {
    checkpoint.index[entry.name] = checkpoint.tensors.size();
    checkpoint.tensors.push_back({entry.name, {.dtype = DType::F16, .shape = entry.shape}});
  }
  large.name = "custom";
  EXPECT_EQ(infer_config(checkpoint, Family::kOpenAiClip, {}).config, large);
}

// A file of ours of a size of one's own, saved again by a program that dropped its metadata.
TEST(OtherModels, HeadsOfATvtsv2ThatNothingStatesAreGuessedWithAWarning) {
  ModelConfig own;
  own.embed_dim = 64;
  own.video = {.width = 192, .layers = 1, .heads = 6, .patch_size = 16, .image_size = 64, .num_frames = 4};
  own.text = {.width = 128, .layers = 1, .heads = 4, .context_length = 32, .vocab_size = 600};
  Checkpoint checkpoint;
  for (const TensorEntry& entry : test::entries_of(Family::kTvtsv2, own)) {
    checkpoint.index[entry.name] = checkpoint.tensors.size();
    checkpoint.tensors.push_back({entry.name, {.dtype = DType::F32, .shape = entry.shape}});
  }
  const Inferred inferred = infer_config(checkpoint, Family::kTvtsv2, {});
  EXPECT_EQ(inferred.config.video.heads, 3);
  ASSERT_EQ(inferred.warnings.size(), 2U);
  EXPECT_TRUE(contains(inferred.warnings[0],
                       "heads of its video encoder, of width 192, cannot be told from the file; taken as 3"));
  EXPECT_TRUE(contains(inferred.warnings[1], "text encoder, of width 128, cannot be told from the file; taken as 2"));
  EXPECT_TRUE(infer_config(checkpoint, Family::kTvtsv2, {.asked = own}).warnings.empty());
}

TEST(OtherFiles, AreCalledByTheirNames) {
  const std::vector<std::pair<std::string, const char*>> files = {
      {"GGUF\3\0\0\0"s, "GGUF"},
      {"\x08\x07\x12\x07pytorch"s, "ONNX"},
      {"\x89HDF\r\n\x1a\n"s, "HDF5"},
      {"\x80\x04\x95\0\0\0\0\0\0\0\0}."s, "a pickle that torch.save did not write"},
      {"\x80\x02\x8a\x0al\xfc\x9c"s, "before 1.6"},
      {"version https:/spec", "git lfs pull"},
      {"\n<!DOCTYPE html><html>", "a web page"},
      {"<?xml version=\"1.0\"?><Error>", "servers answer with an error"},
      {"{\"metadata\": {}, \"weight_map\": {}}", "an index of a model's parts"},
      {"{\"error\": \"not found\"}", "JSON text"},
      {"\x1f\x8b\x08"s, "gzip"},
      {std::string(257, 'x') + "ustar", "a tar archive"},
      {"\x93NUMPY\1", "a NumPy array"},
      {"Entry not found", "is no model file (15 bytes)"}};
  const std::string path = test::scratch_folder() + "/other";
  for (const auto& [content, word] : files) {
    write_whole_file(path, content);
    const std::string error = error_text([&] { read_checkpoint(path); });
    EXPECT_TRUE(contains(error, word)) << error;
  }
}

}  // namespace
}  // namespace tvts
