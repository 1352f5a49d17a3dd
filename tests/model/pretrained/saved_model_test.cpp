// Model files of our own form: written, then loaded in each of the ways that load_model offers.
#include "tvts/model/pretrained/save_model.h"

#include "tests/support/error_text.h"
#include "tests/support/golden.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_model.h"
#include "tvts/model/pretrained/load_model.h"

namespace tvts::test {
namespace {

class SavedModel : public testing::Test {
 protected:
  // The tiny model with a vocabulary of two merges, which its file carries.
  SavedModel() {
    spec_.config = tiny_config();
    spec_.config.text.vocab_size = 516;
    spec_.tokenizer.merges = "c a\nca t</w>\n";
    spec_.origin = "a test";
    model_ = make_dual_encoder(spec_.config);
    initialise(model_, 7, TemporalStart::kRandom);
    save_model(path_, model_, spec_);
  }

  at::Tensor video() const {
    at::manual_seed(7);
    return at::randn({2, 4, 3, spec_.config.video.image_size, spec_.config.video.image_size});
  }
  at::Tensor ids() const { return at::tensor({514, 513, 97, 515, 0, 0}, at::kLong).unsqueeze(0); }

  at::Tensor embed(InferenceModel& model) const { return model.embed_videos(video(), {4, 4}, Pool::kCls); }

  TemporaryFolder folder_;
  const std::string path_ = folder_ / "m.safetensors";
  ModelSpec spec_;
  DualEncoder model_;
};

TEST_F(SavedModel, IsLoadedWithTheSameTensorsAndTheSameSpec) {
  const ModelState state = open_model_state(path_, {});
  EXPECT_EQ(state.spec, spec_);
  DualEncoder loaded = dual_encoder_of(state);
  const auto before = named_parameters(model_), after = named_parameters(loaded);
  ASSERT_EQ(before.size(), after.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(before[i].first, after[i].first);
    EXPECT_TRUE(at::equal(before[i].second, after[i].second)) << before[i].first;
  }
}

TEST_F(SavedModel, SavedAgainFromItsStateIsTheSameFile) {
  save_state(folder_ / "again.safetensors", open_model_state(path_, {}), /*seed=*/0);
  EXPECT_TRUE(read_text(folder_ / "again.safetensors") == read_text(path_));
}

// What loading a file says that a run left, from a start that states this preprocessing.
std::string said_of(const TemporaryFolder& folder, const DualEncoder& model, ModelSpec spec) {
  save_model(folder / "trained.safetensors", model, spec);
  std::string said;
  for (const Remark& remark : load_model(folder / "trained.safetensors", {}).remarks) said += remark.message + "\n";
  return said;
}

TEST_F(SavedModel, OfAnEarlierRunThatStatesItsStartsPixelsIsWarnedAboutWithTheRemedy) {
  spec_.origin = "tvts pretrain, stage video, 12 steps, from OpenAI CLIP ViT-B-32.pt";
  EXPECT_EQ(said_of(folder_, model_, spec_), "");
  spec_.preprocess = Preprocess::kClip;
  const std::string said = said_of(folder_, model_, spec_);
  EXPECT_TRUE(contains(said, "trained by an earlier tvts on the preprocessing tvtsv2-eval")) << said;
  EXPECT_TRUE(contains(said, "tvts convert --pretrained")) << said;
  for (const PreprocessBasis basis : {PreprocessBasis::kRun, PreprocessBasis::kUser}) {
    spec_.preprocess_basis = basis;
    EXPECT_EQ(said_of(folder_, model_, spec_), "");
  }
}

TEST_F(SavedModel, Float32ParametersStayInTheMappedFile) {
  DualEncoder loaded;
  Bytes file;
  {
    const ModelState state = open_model_state(path_, {});
    file = state.files.at(0)->bytes();
    loaded = dual_encoder_of(state);
  }  // from here on the parameters alone keep the mapping
  for (const auto& [name, parameter] : named_parameters(loaded)) {
    const auto* begin = static_cast<const std::byte*>(parameter.const_data_ptr());
    EXPECT_GE(begin, file.data()) << name;
    EXPECT_LE(begin + parameter.nbytes(), file.data() + file.size()) << name;
    EXPECT_TRUE(at::isfinite(parameter).all().item<bool>()) << name;
  }
}

TEST_F(SavedModel, LoadsForUse) {
  PretrainedModel loaded = load_model(path_, {.asked = spec_.config});
  EXPECT_EQ(loaded.path, path_);
  EXPECT_EQ(loaded.spec, spec_);
  InferenceModel saved(model_, "cpu", Precision::kFp32);
  EXPECT_TRUE(at::equal(embed(loaded.model), embed(saved)));
  EXPECT_TRUE(at::equal(loaded.model.embed_texts(ids()), saved.embed_texts(ids())));
}

// bfloat16 keeps 8 bits: 0.4 % a number, some of which cancels in sums.
TEST_F(SavedModel, LoadsInBfloat16) {
  PretrainedModel exact = load_model(path_, {}), rounded = load_model(path_, {.precision = Precision::kBf16});
  const at::Tensor expected = embed(exact.model), actual = embed(rounded.model);
  EXPECT_FALSE(at::equal(actual, expected));
  EXPECT_LT(((actual - expected).norm() / expected.norm()).item<double>(), 0.03);
}

TEST_F(SavedModel, OfTextAloneHasNoVideoEncoder) {
  PretrainedModel loaded = load_model(path_, {.parts = ModelParts::kTextOnly});
  InferenceModel saved(model_, "cpu", Precision::kFp32);
  EXPECT_TRUE(at::equal(loaded.model.embed_texts(ids()), saved.embed_texts(ids())));
  EXPECT_DEATH(embed(loaded.model), "video_");
}

TEST_F(SavedModel, ThatContradictsTheAskedModelIsAnErrorThatNamesBoth) {
  ModelConfig asked = spec_.config;
  asked.name = "another";
  asked.video.width = 64;
  const std::string text = error_text([&] { load_model(path_, {.asked = asked}); });
  for (const char* part : {"m.safetensors", "tiny", "another", "video.width is 32, asked 64"}) {
    EXPECT_TRUE(contains(text, part)) << part << " in: " << text;
  }
}

TEST_F(SavedModel, ReadsTextsByTheMergesThatItCarries) {
  const PretrainedModel loaded = load_model(path_, {.vocabulary_path = "absent"});
  const std::vector<int32_t> ids = loaded.tokenizer.encode("cat");
  EXPECT_EQ(std::vector<int32_t>(ids.begin(), ids.begin() + 4), (std::vector<int32_t>{514, 513, 515, 0}));
}

}  // namespace
}  // namespace tvts::test
