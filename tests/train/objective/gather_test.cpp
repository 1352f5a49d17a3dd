#include "tvts/train/objective/gather.h"

#include <gtest/gtest.h>

#include "tests/train/loop/thread_ranks.h"
#include "tvts/core/error.h"
#include "tvts/model/plain/pooling.h"
#include "tvts/train/objective/contrastive.h"

namespace tvts::test {
namespace {

TEST(Gather, OneProcessGetsItsOwnTensorBack) {
  Collective alone;
  const at::Tensor x = at::ones({2, 3});
  EXPECT_TRUE(gather(x, alone, GatherGradient::kExact).is_same(x));
}

TEST(Gather, HoldsTheRanksInTheirOrder) {
  ThreadRanks(3).run([](Collective& collective) {
    const at::Tensor mine = at::full({2, 1}, static_cast<double>(collective.rank()));
    const at::Tensor all = gather(mine, collective, GatherGradient::kExact);
    EXPECT_TRUE(at::equal(all.flatten(), at::tensor({0., 0., 1., 1., 2., 2.}).to(at::kFloat)));
  });
}

// The mean over two ranks of the gradient of sum(w * gathered) at each rank's own rows.
void expect_gradient(GatherGradient kind, double factor) {
  ThreadRanks(2).run([&](Collective& collective) {
    const at::Tensor mine = at::ones({1, 1}).requires_grad_();
    const at::Tensor weights = at::tensor({3., 5.}).to(at::kFloat).unsqueeze(1);
    (weights * gather(mine, collective, kind)).sum().backward();
    EXPECT_DOUBLE_EQ(mine.grad().item<double>(), factor * (collective.rank() == 0 ? 3 : 5));
  });
}

TEST(Gather, ExactGradientIsTimesTheNumberOfRanks) { expect_gradient(GatherGradient::kExact, 2); }

TEST(Gather, PublishedGradientIsThatOfTheOwnRows) { expect_gradient(GatherGradient::kPublished, 1); }

TEST(Gather, NamesOfItsGradientsAreListedWhenOneIsWrong) {
  EXPECT_EQ(gather_gradient_named("published"), GatherGradient::kPublished);
  try {
    gather_gradient_named("exakt");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "the gather gradient is 'exakt'; expected exact or published");
  }
}

TEST(Contrastive, LossOfEqualSimilaritiesIsTwiceTheLogarithmOfTheBatch) {
  EXPECT_NEAR(contrastive_loss(at::zeros({8, 8}), 0.05).item<double>(), 2 * std::log(8.0), 1e-5);
}

TEST(Contrastive, AZeroVectorStaysFinite) {
  const at::Tensor zero = at::zeros({1, 4}).requires_grad_();
  l2_normalised(zero).sum().backward();
  EXPECT_TRUE(zero.grad().isfinite().all().item<bool>());
}

}  // namespace
}  // namespace tvts::test
