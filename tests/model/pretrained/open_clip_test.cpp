// Models converted from CLIP against open_clip's own code on the same weights, file form by file form.
#include "tests/model/pretrained/python_script.h"
#include "tests/support/golden.h"
#include "tests/support/temporary_folder.h"
#include "tvts/model/pretrained/load_model.h"
#include "tvts/model/weights/model_json.h"

namespace tvts::test {
namespace {

// QuickGELU and heads of 64, as OpenAI's models.
ModelConfig like_b() {
  ModelConfig config;
  config.name = "like-b";
  config.embed_dim = 48;
  config.video = {.width = 128, .layers = 3, .heads = 2, .patch_size = 8, .image_size = 32, .num_frames = 3};
  config.text = {.width = 64, .layers = 3, .heads = 1, .context_length = 12, .vocab_size = 600};
  return config;
}

// Exact GELU and video heads of 80, as H/14; text heads that only the given config states.
ModelConfig like_h() {
  ModelConfig config = like_b();
  config.name = "like-h";
  config.kind = ModelKind::kH;
  config.activation = Activation::kGelu;
  config.video.width = 160;
  config.text.heads = 4;
  return config;
}

class OpenClip : public testing::TestWithParam<std::string> {
 protected:
  // More images than the model has frames.
  static constexpr int kImages = 5;

  void SetUp() override {
    nlohmann::json sizes = nlohmann::json::parse(config_to_json(config_));
    sizes["seed"] = 7;
    sizes["batch"] = kImages;
    const std::string sizes_file = folder_.add("sizes.json", sizes.dump());
    TVTS_RUN_SCRIPT("tests/support/open_clip_oracle.py", {"--open-clip", TVTS_SOURCE_DIR "/.venv/share/oracles",
                                                          "--sizes", sizes_file, "--output", folder_.path()});
    theirs_ = read_tensors(folder_ / "io.safetensors");
  }

  std::vector<std::string> files() const {
    std::vector<std::string> files = {"state.pt", "state.safetensors"};
    if (config_.activation == Activation::kQuickGelu) files.push_back("script.pt");
    return files;
  }

  InferenceModel load(const std::string& file) const {
    const auto state = open_model_state(folder_ / file, config_, {.activation = config_.activation});
    EXPECT_TRUE(state.converted_from_clip) << file;
    EXPECT_EQ(state.spec.config, config_) << file;
    return InferenceModel(dual_encoder_of(state), "cpu", Precision::kFp32);
  }

  // Two float32 programs that sum in other orders: some 1e-7 of the largest value a layer, a few layers deep. The bound
  // is that of the golden numbers, 1e-5 of the largest; a wrong head count or activation is off
  // by hundreds of times as much.
  void expect_theirs(const at::Tensor& ours, const at::Tensor& theirs, const std::string& what) const {
    expect_close(ours, theirs, default_noise(theirs), config_.name + " " + what);
  }

  const ModelConfig config_ = GetParam() == "LikeB" ? like_b() : like_h();
  TemporaryFolder folder_;
  Tensors theirs_;
};

TEST_P(OpenClip, FeaturesEqualThoseOfOpenClip) {
  for (const std::string& file : files()) {
    InferenceModel model = load(file);
    const at::Tensor videos = theirs_.at("images").unsqueeze(1);  // T = 1
    expect_theirs(model.embed_videos(videos, std::vector<int64_t>(kImages, 1), Pool::kCls),
                  theirs_.at("image_features"), file + " images");
    expect_theirs(model.embed_texts(theirs_.at("tokens")), theirs_.at("text_features"), file + " texts");
  }
}

TEST_P(OpenClip, ThePooledMeanOfFramesIsThatOfTheirNormalisedFeatures) {
  InferenceModel model = load("state.safetensors");
  const at::Tensor one_video = theirs_.at("images").unsqueeze(0);
  const at::Tensor mean = l2_normalised(theirs_.at("image_features")).mean(0, /*keepdim=*/true);
  expect_theirs(model.embed_videos(one_video, {kImages}, Pool::kMean), l2_normalised(mean), "pooled mean");
}

INSTANTIATE_TEST_SUITE_P(Models, OpenClip, testing::Values("LikeB", "LikeH"),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace tvts::test
