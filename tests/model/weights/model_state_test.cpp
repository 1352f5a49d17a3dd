#include "tvts/model/weights/model_state.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "tests/model/weights/made_files.h"
#include "tests/model/weights/written_model.h"
#include "tests/support/error_text.h"
#include "tvts/core/whole_file.h"
#include "tvts/model/weights/model_json.h"

namespace tvts {
namespace {

using test::contains;
using test::error_text;
using test::small_config;

const StateEntry& entry(const ModelState& state, const std::string& name) {
  return *std::find_if(state.entries.begin(), state.entries.end(), [&](const StateEntry& e) { return e.name == name; });
}

std::vector<float> floats_of(const StateEntry& entry) {
  std::vector<float> out(static_cast<std::size_t>(element_count(entry.shape)));
  copy_to_float(*entry.tensor(), out);
  return out;
}

class ModelStateFiles : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = test::made_files();
    TVTS_NEEDS_MADE_FILES(folder_);
  }
  ModelState open(const std::string& name, const std::optional<ModelConfig>& asked = {},
                  const OpenOptions& options = {}) const {
    return open_model_state(folder_ + "/" + name, asked, options);
  }
  std::string error(const std::string& name, const ModelConfig& asked, const OpenOptions& options = {}) const {
    return error_text([&] { open(name, asked, options); });
  }
  // Every tensor that the file has, number for number as Python wrote it, and no other one from the file.
  void expect_truth(const std::string& name, const OpenOptions& options = {}) const {
    const ModelState state = open(name, {}, options);
    const Checkpoint truth = read_checkpoint(folder_ + "/" + name + ".truth.safetensors");
    std::size_t from_file = 0;
    for (const StateEntry& e : state.entries) {
      if (e.tensor() == nullptr) continue;
      ++from_file;
      const TensorView* expected = truth.find(e.name);
      ASSERT_NE(expected, nullptr) << name << " " << e.name;
      const std::vector<float> floats = floats_of(e);
      ASSERT_EQ(std::as_bytes(std::span(floats)).size(), expected->storage.size()) << name << " " << e.name;
      EXPECT_EQ(std::memcmp(floats.data(), expected->storage.data(), expected->storage.size()), 0)
          << name << " " << e.name;
    }
    EXPECT_EQ(from_file, truth.tensors.size()) << name;
  }
  std::string folder_;
};

TEST_F(ModelStateFiles, HaveTheNumbersThatPythonWrote) {
  expect_truth("released.pth", {.keep_sort_head = true});
  for (const char* name :
       {"bare.pth", "bare.safetensors", "protocol5.pth", "layouts.pt", "openai.pt", "openai_state.pt", "open_clip.pt",
        "open_clip.safetensors", "open_clip_custom.bin", "hugging_face", "hugging_face.bin", "open_clip_folder"}) {
    expect_truth(name);
  }
}

TEST_F(ModelStateFiles, TellTheirOwnSizes) {
  ModelConfig expected = small_config();
  expected.name = "custom";
  EXPECT_EQ(open("bare.pth").spec.config, expected);
  expected.video.num_frames = 12;
  EXPECT_EQ(open("openai.pt").spec.config, expected);
  expected.video.num_frames = 7;
  EXPECT_EQ(open("openai.pt", {}, {.num_frames = 7}).spec.config, expected);
}

TEST_F(ModelStateFiles, TakeTheSilentFieldsFromTheAskedModel) {
  ModelConfig asked = small_config();
  asked.kind = ModelKind::kH;
  asked.video.heads = 4;
  asked.activation = Activation::kGelu;
  EXPECT_EQ(open("bare.pth", asked).spec.config, asked);
}

TEST_F(ModelStateFiles, HaveTheActivationOfTheirOrigin) {
  EXPECT_EQ(open("openai.pt").spec.config.activation, Activation::kQuickGelu);
  EXPECT_EQ(open("bare.pth").spec.config.activation, Activation::kQuickGelu);
  EXPECT_EQ(open("open_clip.pt").spec.config.activation, Activation::kGelu);
  EXPECT_TRUE(contains(open("open_clip.pt").warnings.at(0), "activation gelu by the file's origin"));
}

TEST_F(ModelStateFiles, HaveTheActivationAndHeadsThatTheirConfigStates) {
  const ModelState face = open("hugging_face");
  EXPECT_EQ(face.spec.config.activation, Activation::kGelu);
  EXPECT_EQ(face.spec.config.video.heads, 4);
  EXPECT_EQ(face.spec.config.text.heads, 2);
  const ModelState clip = open("open_clip_folder");
  EXPECT_EQ(clip.spec.config.activation, Activation::kQuickGelu);
  EXPECT_EQ(clip.spec.config.video.heads, 2);
  EXPECT_TRUE(clip.notes.empty() && clip.warnings.empty());
}

TEST_F(ModelStateFiles, OfAClipYieldToAStatedActivationOnly) {
  ModelConfig asked = small_config();  // QuickGELU, as a bare name means
  EXPECT_EQ(open("open_clip.pt", asked).spec.config.activation, Activation::kGelu);
  EXPECT_EQ(open("open_clip.pt", asked, {.activation = Activation::kQuickGelu}).spec.config.activation,
            Activation::kQuickGelu);
  asked.video.heads = 4;
  asked.text.heads = 2;
  EXPECT_TRUE(contains(error("hugging_face", asked, {.activation = Activation::kQuickGelu}),
                       "activation is gelu, asked quick_gelu"));
}

TEST_F(ModelStateFiles, ThatContradictTheAskedModelNameBothAndEveryField) {
  ModelConfig asked = small_config();
  asked.name = "other";
  asked.video.layers = 3;
  asked.text.vocab_size = 41;
  const std::string text = error("bare.pth", asked);
  for (const char* part :
       {"bare.pth", "custom", "other", "video.layers is 2, asked 3", "text.vocab_size is 40, asked 41"}) {
    EXPECT_TRUE(contains(text, part)) << text;
  }
  EXPECT_FALSE(contains(text, "video.width")) << text;
}

TEST_F(ModelStateFiles, OfAClipBecomeSpaceTimeModelsForUse) {
  const ModelState state = open("openai.pt");
  EXPECT_TRUE(state.converted_from_clip);
  EXPECT_EQ(state.spec.preprocess, Preprocess::kClip);
  EXPECT_EQ(state.spec.origin, "OpenAI CLIP openai.pt");
  EXPECT_EQ(state.entries.size(), expected_tensors(state.spec.config).size());
  EXPECT_EQ(entry(state, "video_model.temporal_embedding").init()->init, Init::kZeros);
  EXPECT_EQ(entry(state, "video_model.temporal_embedding").shape, (Shape{12, 64}));
}

TEST_F(ModelStateFiles, OfTvtsv2KeepTheirSortHeadOnRequestOnly) {
  EXPECT_FALSE(open("released.pth").has_sort_head);
  const ModelState kept = open("released.pth", {}, {.keep_sort_head = true});
  EXPECT_EQ(kept.segments, 4);
  EXPECT_NE(entry(kept, "pred_model.head.bias").tensor(), nullptr);
  EXPECT_FALSE(open("bare.pth", {}, {.keep_sort_head = true}).has_sort_head);
  const ModelState fresh = open("bare.pth", {}, {.for_training = true, .segments = 6});
  EXPECT_EQ(entry(fresh, "pred_model.head.bias").shape, (Shape{6}));
  EXPECT_EQ(entry(fresh, "pred_model.head.bias").init()->init, Init::kUniform);
}

// Files of our own making, some tensors left out, added or changed.
class ModelStateWritten : public testing::Test {
 protected:
  void write(const std::vector<TensorEntry>& entries, const Metadata& metadata = {}) const {
    test::write_zeros(entries, metadata);
  }
  static std::vector<TensorEntry> right_entries() { return test::entries_of(Family::kTvtsv2); }
  static ModelSpec spec() {
    ModelSpec spec;
    spec.config = small_config();
    spec.origin = "test";
    return spec;
  }
  std::string error(const std::optional<ModelConfig>& asked = {}) const {
    return error_text([&] { open_model_state(path_, asked); });
  }
  std::string path_ = test::scratch_folder() + "/written.safetensors";
};

TEST_F(ModelStateWritten, NamesEveryMissingExtraAndMisshapenTensorInOneMessage) {
  auto entries = right_entries();
  for (auto& e : entries) {
    if (e.name == "text_ln_final.weight") e.name = "text_ln_last.weight";
    if (e.name == "video_model.ln_post.bias") e.shape = {63};
    if (e.name == "text_projection") e.dtype = DType::I32;
  }
  std::erase_if(entries,
                [](const TensorEntry& e) { return e.name == "video_model.transformer.resblocks.0.ln_3.bias"; });
  for (const bool is_ours : {false, true}) {
    write(entries, is_ours ? spec_to_metadata(spec()) : Metadata{});
    const std::string text = error(small_config());
    for (const char* part : {"2 missing: text_ln_final.weight, video_model.transformer.resblocks.0.ln_3.bias",
                             "1 extra: text_ln_last.weight", "text_projection holds I32",
                             "video_model.ln_post.bias is [63], expected [64]"}) {
      EXPECT_TRUE(contains(text, part)) << text;
    }
  }
}

TEST_F(ModelStateWritten, NamesTheFirstOfHundredsAndCountsTheRest) {
  auto entries = right_entries();
  for (int i = 0; i < 300; ++i) entries.push_back({concat("other.", i), DType::F32, {1}});
  write(entries);
  EXPECT_TRUE(contains(error(), "300 extra:")) << error();
  EXPECT_TRUE(contains(error(), "and 260 more")) << error();
}

TEST_F(ModelStateWritten, NamesATensorThatTellsASizeTogetherWithTheOthers) {
  auto entries = right_entries();
  std::erase_if(entries, [](const TensorEntry& e) {
    return e.name == "video_model.conv1.weight" || e.name == "text_ln_final.bias";
  });
  write(entries);
  EXPECT_TRUE(contains(error(small_config()), "2 missing: text_ln_final.bias, video_model.conv1.weight"))
      << error(small_config());
  EXPECT_TRUE(contains(error(), "video_model.conv1.weight is missing")) << error();
}

TEST_F(ModelStateWritten, NamesTheTensorsBehindAContradiction) {
  auto entries = right_entries();
  for (auto& e : entries) {
    if (e.name == "video_model.proj") e.shape = {64, 31};
  }
  write(entries);
  const std::string text = error(small_config());
  EXPECT_TRUE(contains(text, "embed_dim is 31, asked 32; 1 misshapen: video_model.proj is [64, 31], expected [64, 32]"))
      << text;
}

TEST_F(ModelStateWritten, AFileOfOursStatesItsSpec) {
  ModelSpec stated = spec();
  stated.config.activation = Activation::kGelu;
  stated.config.video.heads = 8;
  stated.preprocess = Preprocess::kTvtsv2Extract;
  write(right_entries(), spec_to_metadata(stated));
  EXPECT_EQ(open_model_state(path_, {}).spec, stated);
  EXPECT_TRUE(contains(error(small_config()), "activation is gelu, asked quick_gelu; video.heads is 8, asked 1"));
}

// Sizes that shapes tell are checked before anything is divided by them.
TEST_F(ModelStateWritten, RefusesATensorOfWidthZero) {
  for (const Family family : {Family::kTvtsv2, Family::kOpenClip, Family::kHuggingFaceClip}) {
    for (const char* name : {"video_model.conv1.weight", "video_model.proj", "video_model.positional_embedding",
                             "text_positional_embedding", "text_token_embedding.weight"}) {
      auto entries = test::entries_of(family);
      const std::string theirs = source_of(family, name)->names[0];
      for (TensorEntry& entry : entries) {
        if (entry.name == theirs) entry.shape.assign(entry.shape.size(), 0);
      }
      write(entries);
      EXPECT_TRUE(contains(error(), theirs)) << error();
      EXPECT_TRUE(contains(error(small_config()), theirs)) << error(small_config());
    }
  }
}

TEST_F(ModelStateWritten, NamesTheMlpRatioThatIsNotSupported) {
  for (const std::string tower : {"visual.transformer", "transformer"}) {
    auto entries = test::entries_of(Family::kOpenClip);
    for (auto& e : entries) {
      if (!e.name.starts_with(tower) || !contains(e.name, ".mlp.")) continue;
      for (int64_t& size : e.shape) size = size == 256 ? 320 : size;
    }
    write(entries);
    EXPECT_TRUE(contains(error(), "an MLP ratio of 5")) << error();
  }
}

TEST_F(ModelStateWritten, NamesTheReasonBeforeHeadsAndSizes) {
  ModelConfig odd = small_config();
  odd.video.width = 100;  // neither 64 nor 80 divides it
  auto entries = test::entries_of(Family::kOpenClip, odd);
  entries.push_back({"visual.transformer.resblocks.0.ls_1.gamma", DType::F32, {100}});
  write(entries);
  EXPECT_TRUE(contains(error(), "has layer scale ('visual.transformer.resblocks.0.ls_1.gamma')")) << error();
}

TEST_F(ModelStateWritten, OfHalfPrecisionNamesBothOriginsAndTheOptionsThatDecide) {
  auto entries = test::entries_of(Family::kOpenClip);
  for (auto& e : entries) {
    const bool is_norm = contains(e.name, "ln_") || contains(e.name, "embedding");
    if (!is_norm) e.dtype = DType::F16;
  }
  write(entries);
  const ModelState guessed = open_model_state(path_, {});
  ASSERT_EQ(guessed.warnings.size(), 1U);
  for (const char* part : {"OpenAI's CLIP", "OpenCLIP", "--activation", "--special-tokens", "quick_gelu"}) {
    EXPECT_TRUE(contains(guessed.warnings[0], part)) << guessed.warnings[0];
  }
  const ModelState stated = open_model_state(path_, {}, {.activation = Activation::kGelu});
  EXPECT_EQ(stated.spec.config.activation, Activation::kGelu);
  EXPECT_EQ(stated.spec.tokenizer.special_tokens, SpecialTokens::kOpenClip);
  EXPECT_TRUE(contains(stated.spec.origin, "OpenCLIP")) << stated.spec.origin;
  EXPECT_TRUE(stated.warnings.empty());
  const ModelState tokens =
      open_model_state(path_, {}, {.activation = Activation::kQuickGelu, .special_tokens = SpecialTokens::kOpenClip});
  EXPECT_EQ(tokens.spec.tokenizer.special_tokens, SpecialTokens::kOpenClip);
  EXPECT_EQ(tokens.spec.config.activation, Activation::kQuickGelu);
}

TEST_F(ModelStateWritten, OfOpenAiForSureGivesNoWarning) {
  auto entries = test::entries_of(Family::kOpenAiClip);
  for (const char* name : {"input_resolution", "context_length", "vocab_size"})
    entries.push_back({name, DType::I64, {}});
  write(entries);
  const ModelState state = open_model_state(path_, {});
  EXPECT_EQ(state.family, Family::kOpenAiClip);
  EXPECT_TRUE(state.warnings.empty());
}

TEST_F(ModelStateWritten, AFileOfOursContradictsOtherWordsOfTheUser) {
  write(right_entries(), spec_to_metadata(spec()));
  const auto error_with = [&](const OpenOptions& options) {
    return error_text([&] { open_model_state(path_, {}, options); });
  };
  EXPECT_TRUE(contains(error_with({.activation = Activation::kGelu}), "states the activation quick_gelu"));
  EXPECT_TRUE(contains(error_with({.special_tokens = SpecialTokens::kOpenClip}), "states the special tokens openai"));
  EXPECT_EQ(error_with({.activation = Activation::kQuickGelu, .special_tokens = SpecialTokens::kOpenAi}), "");
}

TEST_F(ModelStateWritten, HasTheHeadsThatItsConfigStatesWhereItsWidthTellsNone) {
  ModelConfig odd = small_config();
  odd.video.width = 96;  // neither 64 nor 80 divides it
  test::write_zeros(test::entries_of(Family::kOpenClip, odd), {}, "open_clip_model.safetensors");
  write_whole_file(test::scratch_folder() + "/open_clip_config.json",
                   R"({"model_cfg": {"vision_cfg": {"width": 96, "head_width": 32}, "text_cfg": {"heads": 2}}})");
  const ModelState state = open_model_state(test::scratch_folder() + "/open_clip_model.safetensors", {});
  EXPECT_EQ(state.spec.config.video.heads, 3);
  EXPECT_EQ(state.spec.config.text.heads, 2);
}

TEST_F(ModelStateWritten, IsToldWhenTheFileWasCutShortSince) {
  write(right_entries());
  const ModelState state = open_model_state(path_, {});
  EXPECT_NO_THROW(state.check_size());
  std::filesystem::resize_file(path_, 1000);
  EXPECT_TRUE(contains(error_text([&] { state.check_size(); }), "was cut from"));
}

TEST_F(ModelStateWritten, RefusesAGridThatIsNoSquare) {
  auto entries = right_entries();
  for (auto& e : entries) {
    if (e.name == "video_model.positional_embedding") e.shape = {7, 64};
  }
  write(entries);
  EXPECT_TRUE(contains(error(), "a grid of 6 patches is no square"));
  EXPECT_TRUE(contains(error(small_config()), "video_model.positional_embedding is [7, 64], expected [5, 64]"));
}

}  // namespace
}  // namespace tvts
