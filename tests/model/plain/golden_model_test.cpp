// The model against the numbers of the published implementation, the streams between blocks too.
#include "tests/support/golden.h"
#include "tvts/model/plain/dual_encoder.h"

namespace tvts::test {
namespace {

class GoldenModel : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    TVTS_NEEDS_GOLDEN("video_" + GetParam() + "_weights.safetensors");
    video_ = golden_json("video_" + GetParam());
    text_ = golden_json("text_" + GetParam());
    model_ = make_dual_encoder(golden_config(video_, text_));
  }

  double noise(const nlohmann::json& json, const std::string& name) {
    return json.at("float32_noise_max_abs").at(name).get<double>();
  }

  nlohmann::json video_, text_;
  DualEncoder model_;
  at::NoGradGuard no_grad_;
};

TEST_P(GoldenModel, VideoEncoderAgreesAtEveryStage) {
  const Tensors cases = golden_tensors("video_" + GetParam() + "_cases");
  fill(*model_.video, golden_tensors("video_" + GetParam() + "_weights"), "video_model.");
  for (const auto& [name, about] : video_.at("cases").items()) {
    const auto expect = [&, prefix = name + "."](const std::string& stage, const at::Tensor& actual) {
      expect_close(actual, cases.at(prefix + stage), noise(video_, prefix + stage), GetParam() + " " + prefix + stage);
    };
    const at::Tensor keep = about.at("mask_ratio") > 0 ? cases.at(name + ".keep_ind") : at::Tensor();
    TokenStream stream = model_.video->embed_patches(cases.at(name + ".video"), keep);
    expect("after_ln_pre", stream.x);
    for (std::size_t i = 0; i < model_.video->resblocks().size(); ++i) {
      stream.x = model_.video->resblocks()[i](stream.x, stream.grid);
      expect("block" + std::to_string(i), stream.x);
    }
    const VideoFeatures features = model_.video(cases.at(name + ".video"), keep);
    expect("embedding", features.embedding);
    expect("tokens", features.tokens);
  }
}

TEST_P(GoldenModel, UnmaskedClipsEqualAMaskThatKeepsEveryCell) {
  const Tensors cases = golden_tensors("video_" + GetParam() + "_cases");
  fill(*model_.video, golden_tensors("video_" + GetParam() + "_weights"), "video_model.");
  for (const auto& [name, about] : video_.at("cases").items()) {
    if (about.at("mask_ratio") > 0) continue;
    const at::Tensor masked = model_.video(cases.at(name + ".video"), cases.at(name + ".keep_ind")).embedding;
    expect_close(masked, cases.at(name + ".embedding"), noise(video_, name + ".embedding"),
                 GetParam() + " " + name + ", all cells kept");
  }
}

TEST_P(GoldenModel, TextEncoderAgrees) {
  TVTS_NEEDS_GOLDEN("text_" + GetParam() + "_weights.safetensors");
  const Tensors cases = golden_tensors("text_" + GetParam() + "_cases");
  fill(*model_.text, golden_tensors("text_" + GetParam() + "_weights"), "");
  const at::Tensor hidden = model_.text->hidden(cases.at("ids"));
  const at::Tensor expected_hidden = cases.at("hidden");
  expect_close(hidden.narrow(0, 0, expected_hidden.size(0)), expected_hidden, noise(text_, "hidden"),
               "text " + GetParam() + " hidden");
  expect_close(model_.text(cases.at("ids")), cases.at("features"), noise(text_, "features"),
               "text " + GetParam() + " features");
}

INSTANTIATE_TEST_SUITE_P(Sets, GoldenModel, testing::Values("b", "h"), [](const auto& set) { return set.param; });

TEST(GoldenSortHead, Agrees) {
  TVTS_NEEDS_GOLDEN("sort_head_weights.safetensors");
  const at::NoGradGuard no_grad;
  const Tensors cases = golden_tensors("sort_head_cases"), weights = golden_tensors("sort_head_weights");
  const nlohmann::json heads = golden_json("sort_head");
  for (const auto& [name, about] : heads.items()) {
    SortHead head(about.at("dim").get<int64_t>(), about.at("classes").get<int64_t>());
    fill(*head, weights, name + "/pred_model.");
    expect_close(head(cases.at(name + ".video"), cases.at(name + ".text")), cases.at(name + ".logits"),
                 about.at("float32_noise_max_abs").get<double>(), "sort head " + name);
  }
}

// Gradients of everything that the losses of pre-training reach are compared in the training tests; here the forward
// pass is held to be differentiable down to the pixels.
TEST_P(GoldenModel, GradientsReachEveryParameterAndThePixels) {
  const at::AutoGradMode with_gradients(true);
  const Tensors cases = golden_tensors("video_" + GetParam() + "_cases");
  fill(*model_.video, golden_tensors("video_" + GetParam() + "_weights"), "video_model.");
  const std::string name = video_.at("cases").begin().key();
  const at::Tensor video = cases.at(name + ".video").clone().requires_grad_();
  const VideoFeatures features = model_.video(video, cases.at(name + ".keep_ind"));
  (features.embedding.sum() + features.tokens.square().sum()).backward();
  for (const auto& parameter : model_.video->named_parameters()) {
    ASSERT_TRUE(parameter.value().grad().defined()) << parameter.key();
    EXPECT_GT(parameter.value().grad().abs().sum().item<double>(), 0) << parameter.key();
  }
  EXPECT_GT(video.grad().abs().sum().item<double>(), 0);
}

}  // namespace
}  // namespace tvts::test
