#include "tvts/model/cpu/inference/fast_text_encoder.h"

#include <gtest/gtest.h>

#include <optional>

#include "tests/model/cpu/inference/products_cases.h"
#include "tests/support/tiny_model.h"
#include "tvts/core/error.h"
#include "tvts/model/cpu/inference/fast_path.h"

namespace tvts::test {
namespace {

constexpr int64_t kEnd = 599;

// Texts of the given lengths, the end-of-text token last, then padding.
at::Tensor texts(const std::vector<int64_t>& lengths, int64_t columns = 12) {
  const at::Tensor ids = at::zeros({static_cast<int64_t>(lengths.size()), columns}, at::kLong);
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    const auto row = ids[static_cast<int64_t>(i)];
    row.narrow(0, 0, lengths[i]).copy_(at::randint(1, kEnd, {lengths[i]}, at::kLong));
    row[lengths[i] - 1] = kEnd;
  }
  return ids;
}

class FastTextEncoderIn : public testing::TestWithParam<ProductsCase> {
 protected:
  void SetUp() override {
    torch::manual_seed(7);
    if (!takes_fast_path(at::kCPU, GetParam().products)) GTEST_SKIP() << "this CPU computes in it by the plain model";
    fast_.emplace(*model_.text, model_.config, GetParam().products);
  }

  double difference(const at::Tensor& ids) {
    const at::Tensor expected = model_.text(ids), found = fast_->forward(ids);
    EXPECT_EQ(found.sizes(), expected.sizes());
    return ((found - expected).abs().max() / expected.abs().max()).item<double>();
  }
  double bound() const { return GetParam().bound; }

  at::NoGradGuard no_grad_;
  DualEncoder model_ = tiny_model();
  std::optional<FastTextEncoder> fast_;
};

TEST_P(FastTextEncoderIn, GivesThePlainModelsFeaturesOfTextsOfAnyLength) {
  EXPECT_LT(difference(texts({1})), bound());
  EXPECT_LT(difference(texts({12, 1, 5, 2, 12})), bound());
  EXPECT_LT(difference(texts({3, 4}, 4)), bound());
}

TEST_P(FastTextEncoderIn, TakesTheFirstOfSeveralEnds) {
  const at::Tensor ids = texts({4, 6});
  ids[0].narrow(0, 4, 4).fill_(kEnd);
  EXPECT_LT(difference(ids), bound());
}

TEST_P(FastTextEncoderIn, RefusesIdsThatAreNotTheModels) {
  EXPECT_THROW(fast_->forward(at::full({1, 3}, 600, at::kLong)), Error);
  EXPECT_THROW(fast_->forward(at::zeros({1, 13}, at::kLong)), Error);
}

INSTANTIATE_TEST_SUITE_P(Types, FastTextEncoderIn, testing::ValuesIn(kProductsCases),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace tvts::test
