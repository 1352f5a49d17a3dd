// Metrics against the published evaluation's numbers.
#include "tests/media/video/golden_file.h"
#include "tests/metrics/matrix_tiles.h"
#include "tvts/core/error.h"
#include "tvts/metrics/accuracy.h"
#include "tvts/metrics/cosine.h"
#include "tvts/metrics/dual_softmax.h"
#include "tvts/metrics/retrieval_metrics.h"

namespace tvts {
namespace {

using nlohmann::json;

// The values are the files of one set: "metrics" has large matrices besides.
class EvalGolden : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { TVTS_NEEDS_GOLDEN(GetParam() + ".safetensors"); }
};

void expect_same(const RetrievalMetrics& metrics, const json& golden, const std::string& what) {
  const std::pair<const char*, double> pairs[] = {{"R1", metrics.r1},
                                                  {"R5", metrics.r5},
                                                  {"R10", metrics.r10},
                                                  {"R50", metrics.r50},
                                                  {"MedR", metrics.median_rank},
                                                  {"MeanR", metrics.mean_rank},
                                                  {"geometric_mean_R1-R5-R10", metrics.geometric_mean}};
  for (const auto& [name, value] : pairs)
    EXPECT_NEAR(value, golden.at(name).get<double>(), 1e-9) << what << " " << name;
}

TEST_P(EvalGolden, RetrievalOfEveryMatrix) {
  const test::GoldenTensors tensors(GetParam() + ".safetensors");
  const json cases = test::golden_json(GetParam() + ".json").at("retrieval");
  EXPECT_GE(cases.size(), 12U);
  for (const auto& [name, golden] : cases.items()) {
    const auto values = tensors.values<float>(name + ".sims");
    const auto [texts, videos] = tensors.shape<2>(name + ".sims");
    const bool has_mask = tensors.contains(name + ".mask");
    const auto mask = has_mask ? tensors.values<std::uint8_t>(name + ".mask") : std::vector<std::uint8_t>();
    const VideoOfText video_of_text = captions_in_order(videos, texts / videos, mask);
    const RetrievalRanks ranks = retrieval_ranks(values, video_of_text, videos);
    expect_same(retrieval_metrics(ranks.t2v), golden.at("t2v"), name + " t2v");
    expect_same(retrieval_metrics(ranks.v2t), golden.at("v2t"), name + " v2t");
    if (!golden.contains("dsl_t2v")) continue;
    const RetrievalRanks dsl = dual_softmax_ranks(test::matrix_tiles(values, videos), video_of_text, videos);
    expect_same(retrieval_metrics(dsl.t2v), golden.at("dsl_t2v"), name + " dsl_t2v");
    expect_same(retrieval_metrics(dsl.v2t), golden.at("dsl_v2t"), name + " dsl_v2t");
  }
}

TEST_P(EvalGolden, CosineSimilarityBoundsNorms) {
  const test::GoldenTensors tensors(GetParam() + ".safetensors");
  const auto expected = tensors.values<float>("cosine.sim");
  const auto values = cosine_similarity(tensors.values<float>("cosine.a"), tensors.values<float>("cosine.b"),
                                        tensors.shape<2>("cosine.a")[1]);
  ASSERT_EQ(values.size(), expected.size());
  for (std::size_t i = 0; i < values.size(); ++i) EXPECT_NEAR(values[i], expected[i], 1e-6) << i;
}

TEST_P(EvalGolden, AccuracyOfEveryCase) {
  const test::GoldenTensors tensors(GetParam() + ".safetensors");
  const json cases = test::golden_json(GetParam() + ".json").at("accuracy");
  for (const auto& [name, golden] : cases.items()) {
    const auto target = tensors.values<std::int32_t>("top." + name + ".target");
    const Accuracy result = accuracy(tensors.values<float>("top." + name + ".logits"),
                                     std::vector<std::size_t>(target.begin(), target.end()),
                                     tensors.shape<2>("top." + name + ".logits")[1]);
    EXPECT_NEAR(result.top1, golden.at("top1").get<double>(), 1e-9) << name;
    EXPECT_NEAR(result.top5, golden.at("top5").get<double>(), 1e-9) << name;
  }
}

TEST_P(EvalGolden, ZeroShotLogitsAreHundredTimesTheCosine) {
  const test::GoldenTensors tensors(GetParam() + ".safetensors");
  const auto expected = tensors.values<float>("zero_shot.logits");
  const auto values =
      cosine_similarity(tensors.values<float>("zero_shot.video"), tensors.values<float>("zero_shot.class_text"), 10);
  ASSERT_EQ(values.size(), expected.size());
  for (std::size_t i = 0; i < values.size(); ++i) EXPECT_NEAR(100 * values[i], expected[i], 1e-4) << i;
}

INSTANTIATE_TEST_SUITE_P(Sets, EvalGolden, testing::Values("metrics_small", "metrics"),
                         [](const auto& set) { return set.param; });

}  // namespace
}  // namespace tvts
