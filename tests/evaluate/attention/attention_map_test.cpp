// The maps against softmax(q k) one query and one key at a time, and against what the encoder computes with them.
#include "tvts/evaluate/attention/attention_map.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/tiny_model.h"
#include "tvts/core/error.h"
#include "tvts/evaluate/attention/temporal_chart.h"
#include "tvts/model/plain/tube_mask.h"

namespace tvts {
namespace {

constexpr TokenGrid kGrid = {.frames = 3, .patches = 4};  // 2 x 2 patches
constexpr std::int64_t kHeads = 2;

Heads random_heads(std::int64_t patches = kGrid.patches) {
  const auto draw = [&] { return at::randn({1, kHeads, 1 + kGrid.frames * patches, 8}, at::kDouble); };
  return {.q = draw(), .k = draw(), .v = draw()};
}

// The weights of one query over the keys that it may see.
std::vector<double> slow_weights(const Heads& heads, std::int64_t head, std::int64_t query,
                                 const std::vector<std::int64_t>& keys) {
  std::vector<double> weights;
  double sum = 0;
  for (const std::int64_t key : keys) {
    double score = 0;
    for (std::int64_t d = 0; d < 8; ++d) {
      score += heads.q[0][head][query][d].item<double>() * heads.k[0][head][key][d].item<double>();
    }
    weights.push_back(std::exp(score / std::sqrt(8.0)));
    sum += weights.back();
  }
  for (double& weight : weights) weight /= sum;
  return weights;
}

std::vector<std::int64_t> all_tokens() {
  std::vector<std::int64_t> keys;
  for (std::int64_t key = 0; key < 1 + kGrid.frames * kGrid.patches; ++key) keys.push_back(key);
  return keys;
}

TEST(DividedWeights, AreThoseThatTheAttentionSumsTheValuesWith) {
  for (const AttentionAxis axis : {AttentionAxis::kSpace, AttentionAxis::kTime}) {
    Heads heads = random_heads();
    const DividedWeights weights = divided_attention_weights(heads, kGrid, axis);
    // With values that tell the keys apart, what comes out is the weights themselves.
    heads.v = at::eye(1 + kGrid.frames * kGrid.patches, at::kDouble).expand({1, kHeads, -1, -1});
    const at::Tensor out = divided_attention(heads, kGrid, axis);
    EXPECT_LT((out.select(2, 0) - weights.cls).abs().max().item<double>(), 1e-6);
    for (std::int64_t frame = 0; frame < kGrid.frames; ++frame) {
      for (std::int64_t cell = 0; cell < kGrid.patches; ++cell) {
        const bool space = axis == AttentionAxis::kSpace;
        const at::Tensor row = weights.patches.select(2, space ? frame : cell).select(2, space ? cell : frame);
        const at::Tensor of_patch = out.select(2, 1 + frame * kGrid.patches + cell);
        EXPECT_LT((of_patch.select(2, 0) - row.select(2, 0)).abs().max().item<double>(), 1e-6);
        for (std::int64_t key = 1; key < row.size(2); ++key) {
          const std::int64_t token = space ? frame * kGrid.patches + key : (key - 1) * kGrid.patches + cell + 1;
          EXPECT_LT((of_patch.select(2, token) - row.select(2, key)).abs().max().item<double>(), 1e-6);
        }
      }
    }
  }
}

TEST(AttentionMap, IsTheDefinitionOneQueryAndKeyAtATime) {
  const Heads heads = random_heads();
  const DividedWeights weights = divided_attention_weights(heads, kGrid, AttentionAxis::kSpace);
  const AttentionMap map = cls_attention_map(weights, {}, kGrid.patches);
  for (std::int64_t head = 0; head < kHeads; ++head) {
    const std::vector<double> expected = slow_weights(heads, head, 0, all_tokens());
    EXPECT_NEAR(map.cls[head].item<double>(), expected[0], 1e-6);
    const at::Tensor flat = map.patches[head].flatten();
    for (std::int64_t i = 0; i < flat.size(0); ++i) {
      EXPECT_NEAR(flat[i].item<double>(), expected[static_cast<std::size_t>(i) + 1], 1e-6);
    }
  }
}

TEST(AttentionMap, OfAModelWithDamagedWeightsIsAnError) {
  Heads heads = random_heads();
  heads.q[0][1][0][0] = std::nan("");
  heads.q[0][0][kGrid.patches][0] = std::nan("");
  const auto space = divided_attention_weights(heads, kGrid, AttentionAxis::kSpace);
  const auto time = divided_attention_weights(heads, kGrid, AttentionAxis::kTime);
  EXPECT_THROW(cls_attention_map(space, {}, kGrid.patches), Error);
  EXPECT_THROW(temporal_attention(time, {}, kGrid.patches, {}), Error);
}

TEST(AttentionMap, WeightsOfAHeadSumToOne) {
  const auto weights = divided_attention_weights(random_heads(), kGrid, AttentionAxis::kSpace);
  const AttentionMap map = cls_attention_map(weights, {}, kGrid.patches), mean = mean_of_heads(map);
  EXPECT_LT((map.patches.sum({1, 2, 3}) + map.cls - 1).abs().max().item<double>(), 1e-6);
  EXPECT_NEAR((mean.patches.sum() + mean.cls.sum()).item<double>(), 1, 1e-6);
}

TEST(AttentionMap, MaskedPatchesAreNotANumberAndTheOthersKeepTheirPositions) {
  constexpr std::int64_t kKept = 2;
  const at::Tensor keep = torch::tensor({{3, 1}}, at::kLong);  // not sorted
  const TokenGrid grid = {.frames = kGrid.frames, .patches = kKept};
  const DividedWeights weights = divided_attention_weights(random_heads(kKept), grid, AttentionAxis::kSpace);
  const AttentionMap map = cls_attention_map(weights, keep, 4);
  const at::Tensor frame = map.patches[1][2].flatten();
  EXPECT_TRUE(std::isnan(frame[0].item<float>()) && std::isnan(frame[2].item<float>()));
  EXPECT_EQ(frame[3].item<float>(), weights.cls[0][1][1 + 2 * kKept].item<float>());
  EXPECT_EQ(frame[1].item<float>(), weights.cls[0][1][1 + 2 * kKept + 1].item<float>());
}

TEST(TemporalAttention, IsTheDefinitionOverThePatchesOfOneCell) {
  const Heads heads = random_heads();
  const DividedWeights weights = divided_attention_weights(heads, kGrid, AttentionAxis::kTime);
  const at::Tensor row = temporal_attention(weights, {}, kGrid.patches, {.frame = 2, .row = 1, .column = 0});
  const std::int64_t cell = 2;
  for (std::int64_t head = 0; head < kHeads; ++head) {
    const auto expected = slow_weights(heads, head, 1 + 2 * 4 + cell, {0, 1 + cell, 1 + 4 + cell, 1 + 8 + cell});
    for (std::size_t key = 0; key < expected.size(); ++key) {
      EXPECT_NEAR(row[head][static_cast<std::int64_t>(key)].item<double>(), expected[key], 1e-6);
    }
  }
}

TEST(TemporalAttention, APatchThatIsNotThereIsAMistakeOfUse) {
  const at::Tensor keep = torch::tensor({{3, 1}}, at::kLong);
  const TokenGrid grid = {.frames = 3, .patches = 2};
  const auto weights = divided_attention_weights(random_heads(2), grid, AttentionAxis::kTime);
  for (const PatchPosition patch :
       {PatchPosition{0, 0, 0}, PatchPosition{3, 1, 1}, PatchPosition{0, 2, 0}, PatchPosition{-1, 1, 1}}) {
    EXPECT_THROW(temporal_attention(weights, keep, 4, patch), Error);
  }
  EXPECT_EQ(temporal_attention(weights, keep, 4, {0, 1, 1}).size(1), 4);
}

TEST(EncoderWeights, AreThoseOfTheAskedBlockOnWhatTheOnesBeforeGive) {
  const at::NoGradGuard no_gradients;
  DualEncoder model = test::tiny_model();
  const ModelConfig& config = model.config;
  const at::Tensor video = at::randn({1, config.video.num_frames, 3, config.video.image_size, config.video.image_size});
  const at::Tensor keep = random_tube_mask(1, config.video.patches_per_frame(), 0.5, at::detail::createCPUGenerator(3));
  TokenStream stream = model.video->embed_patches(video, keep);
  for (std::int64_t layer = 0; layer < config.video.layers; ++layer) {
    SpaceTimeBlock& block = model.video->resblocks()[static_cast<std::size_t>(layer)];
    const BlockWeights expected = block->attention_weights(stream.x, stream.grid);
    const BlockWeights found = model.video->attention_weights(video, keep, layer);
    EXPECT_TRUE(at::equal(found.space.cls, expected.space.cls));
    EXPECT_TRUE(at::equal(found.time.patches, expected.time.patches));
    EXPECT_LT((found.space.patches.sum(-1) - 1).abs().max().item<double>(), 1e-5);
    stream.x = block(stream.x, stream.grid);
  }
}

TEST(TemporalChart, ShowsFramesOfTheClipAloneBesideEvenAttention) {
  const at::Tensor weights = torch::tensor({{0.1F, 0.2F, 0.3F, 0.4F}});
  const Chart chart = temporal_chart(weights, {0.5, 1.5}, {0, 1, 1});
  ASSERT_EQ(chart.series.size(), 2U);
  EXPECT_EQ(chart.series[0].x, (std::vector<double>{0.5, 1.5}));
  EXPECT_NEAR(chart.series[0].y[1], 0.3, 1e-6);
  EXPECT_EQ(chart.series[1].y[0], 0.25);
}

}  // namespace
}  // namespace tvts
