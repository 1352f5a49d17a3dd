// Files as the published training program saves them, with the golden weights inside.
#include "tests/model/pretrained/python_script.h"
#include "tests/support/golden.h"
#include "tests/support/temporary_folder.h"
#include "tvts/model/pretrained/load_model.h"

namespace tvts::test {
namespace {

class Released : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    TVTS_NEEDS_GOLDEN("text_" + GetParam() + "_weights.safetensors");
    TVTS_RUN_SCRIPT("tests/model/pretrained/make_released.py", {whole_golden_dir(), GetParam(), folder_.path()});
    video_ = golden_json("video_" + GetParam());
    text_ = golden_json("text_" + GetParam());
  }

  DualEncoder load(const std::string& file) const {
    const ModelState state = open_model_state(folder_ / file, golden_config(video_, text_));
    return dual_encoder_of(state);
  }

  TemporaryFolder folder_;
  nlohmann::json video_, text_;
  const at::NoGradGuard no_grad_;
};

// Case a: no mask, as many frames as temporal embeddings.
TEST_P(Released, GivesTheGoldenEmbeddingsAndTheBitsOfTheBareTensors) {
  const at::Tensor video = golden_tensors("video_" + GetParam() + "_cases").at("a.video");
  const Tensors texts = golden_tensors("text_" + GetParam() + "_cases");
  DualEncoder bare = load("model.safetensors");
  const at::Tensor embedding = bare.video(video).embedding, features = bare.text(texts.at("ids"));
  expect_close(embedding, golden_tensors("video_" + GetParam() + "_cases").at("a.embedding"),
               video_.at("float32_noise_max_abs").at("a.embedding"), GetParam() + " video from a file");
  expect_close(features, texts.at("features"), text_.at("float32_noise_max_abs").at("features"),
               GetParam() + " texts from a file");
  for (const char* file : {"released.pth", "bare_names.pth"}) {
    DualEncoder released = load(file);
    EXPECT_TRUE(at::equal(released.video(video).embedding, embedding)) << file;
    EXPECT_TRUE(at::equal(released.text(texts.at("ids")), features)) << file;
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, Released, testing::Values("b", "h"), [](const auto& kind) { return kind.param; });

}  // namespace
}  // namespace tvts::test
