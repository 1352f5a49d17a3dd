// Sampling, resizing and normalising against the published implementation's numbers.
#include <gtest/gtest.h>

#include "tests/media/video/formula_picture.h"
#include "tests/media/video/golden_file.h"
#include "tests/media/video/sha256.h"
#include "tvts/media/video/geometry.h"
#include "tvts/media/video/normalise.h"
#include "tvts/media/video/sampling.h"

namespace tvts {
namespace {

using nlohmann::json;

class FramesGolden : public testing::Test {
 protected:
  void SetUp() override { TVTS_NEEDS_GOLDEN("sampling.json"); }
};

TEST_F(FramesGolden, EvaluationTakesTheMiddleOfEachInterval) {
  const json rows = test::golden_json("sampling.json").at("evaluation");
  for (const json& row : rows) {
    EXPECT_EQ(middle_frames(row.at("n"), row.at("t")), row.at("idx").get<std::vector<int64_t>>()) << row.dump();
  }
}

TEST_F(FramesGolden, FeatureExtractionTakesFramesFromFirstToLast) {
  const json rows = test::golden_json("sampling.json").at("feature");
  for (const json& row : rows) {
    EXPECT_EQ(first_to_last_frames(row.at("n"), row.at("t")), row.at("idx").get<std::vector<int64_t>>()) << row.dump();
  }
}

TEST_F(FramesGolden, IntervalsAreThoseThatTrainingDrawsFrom) {
  const json rows = test::golden_json("sampling.json").at("random_in_interval");
  for (const json& row : rows) {
    if (row.contains("error") && row.at("error").get<bool>()) continue;
    std::vector<std::vector<int64_t>> drawn;
    for (const FrameInterval& part : equal_intervals(row.at("n"), row.at("t"))) {
      drawn.push_back({part.begin, part.end - 2});  // the published draw leaves the last frame out
    }
    json rest = row;
    rest.erase("n"), rest.erase("t"), rest.erase("error");
    ASSERT_EQ(rest.size(), 1u) << row.dump();
    EXPECT_EQ(drawn, rest.front().get<decltype(drawn)>()) << row.dump();
  }
}

// The frames of preprocess.json that `file` has results for.
struct Pictures {
  explicit Pictures(const std::string& file) : tensors(file) {
    const json all = test::golden_json("preprocess.json").at("frames");
    for (const auto& [name, facts] : all.items()) {
      if (tensors.contains(name + ".eval_float")) frames[name] = facts;
    }
    EXPECT_GE(frames.size(), 11U);
  }

  test::GoldenTensors tensors;
  json frames;

  RgbImage picture(const std::string& name) const {
    const json& facts = frames.at(name);
    const int width = facts.at("width"), height = facts.at("height");
    if (!facts.at("stored")) return test::formula_picture(width, height, facts.at("formula_k"));
    return {width, height, tensors.values<std::uint8_t>(name + ".frame")};
  }
};

std::vector<std::uint8_t> resized(const RgbImage& image, Preprocess preprocess) {
  const FrameGeometry geometry = frame_geometry(preprocess, 224, image.width, image.height, 1, 1);
  return Resizer(geometry.filter, geometry.x, geometry.y)(image);
}

// The value is the file of one set: preprocess.safetensors has two large pictures besides.
class VideoGolden : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { TVTS_NEEDS_GOLDEN(GetParam() + ".safetensors"); }
  std::string file() const { return GetParam() + ".safetensors"; }
};

INSTANTIATE_TEST_SUITE_P(Sets, VideoGolden, testing::Values("preprocess_small", "preprocess"),
                         [](const auto& set) { return set.param; });

TEST_P(VideoGolden, EvaluationAndFeaturePixelsAreEqual) {
  const Pictures pictures(file());
  for (const auto& [name, facts] : pictures.frames.items()) {
    SCOPED_TRACE(name);
    const RgbImage image = pictures.picture(name);
    ASSERT_EQ(test::sha256(image.pixels), facts.at("frame_sha256").get<std::string>());
    EXPECT_EQ(test::sha256(resized(image, Preprocess::kTvtsv2Eval)), facts.at("eval_sha256").get<std::string>());
    EXPECT_EQ(test::sha256(resized(image, Preprocess::kTvtsv2Extract)), facts.at("feature_sha256").get<std::string>());
  }
}

TEST_P(VideoGolden, CropsBeginWhereThePublishedOnesDo) {
  const Pictures pictures(file());
  for (const auto& [name, facts] : pictures.frames.items()) {
    const FrameGeometry geometry =
        frame_geometry(Preprocess::kTvtsv2Eval, 224, facts.at("width"), facts.at("height"), 1, 1);
    EXPECT_EQ((std::vector{geometry.x.target, geometry.y.target}),
              facts.at("eval_resized").get<std::vector<int64_t>>());
    EXPECT_EQ((std::vector{geometry.x.crop_begin, geometry.y.crop_begin}),
              facts.at("eval_crop_xy").get<std::vector<int64_t>>())
        << name;
  }
}

// Rows and columns 100 to 107 of a normalised frame.
std::vector<float> middle_block(const std::vector<float>& input) {
  std::vector<float> block;
  for (int64_t c = 0; c < 3; ++c) {
    for (int64_t y = 100; y < 108; ++y) {
      for (int64_t x = 100; x < 108; ++x) block.push_back(input[static_cast<std::size_t>((c * 224 + y) * 224 + x)]);
    }
  }
  return block;
}

TEST_P(VideoGolden, NormalisedFloatsAreEqual) {
  const Pictures pictures(file());
  for (const auto& [name, facts] : pictures.frames.items()) {
    for (const auto& [preprocess, suffix] :
         {std::pair{Preprocess::kTvtsv2Eval, ".eval_float"}, std::pair{Preprocess::kTvtsv2Extract, ".feature_float"}}) {
      const Clip clip{resized(pictures.picture(name), preprocess), 1, 224, 0, 0, {0}, {0}};
      std::vector<float> input(3 * 224 * 224);
      normalise(clip, preprocess, 1, input.data());
      EXPECT_EQ(middle_block(input), pictures.tensors.values<float>(name + suffix)) << name << suffix;
    }
  }
}

TEST_P(VideoGolden, EveryByteValueNormalisesExactly) {
  Clip clip{{}, 1, 16, 0, 0, {0}, {0}};
  for (int value = 0; value < 256; ++value) clip.pixels.insert(clip.pixels.end(), 3, static_cast<std::uint8_t>(value));
  std::vector<float> input(3 * 256);
  normalise(clip, Preprocess::kTvtsv2Eval, 1, input.data());
  EXPECT_EQ(input, test::GoldenTensors(file()).values<float>("normalise"));
}

}  // namespace
}  // namespace tvts
