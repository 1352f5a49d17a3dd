#include "tvts/train/loop/gradient_reducer.h"

#include <gtest/gtest.h>

#include "tests/train/loop/thread_ranks.h"

namespace tvts::test {
namespace {

// Parameters of 3 values each; the loss of rank r weighs parameter i with (i + 1) (r + 1).
struct Toy {
  explicit Toy(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) parameters.push_back(at::ones({3}).requires_grad_());
  }
  at::Tensor loss(int64_t rank, std::size_t used) const {
    at::Tensor sum = at::zeros({});
    for (std::size_t i = 0; i < used; ++i) {
      sum = sum + parameters[i].sum() * static_cast<double>((static_cast<int64_t>(i) + 1) * (rank + 1));
    }
    return sum;
  }
  double gradient(std::size_t i) const { return parameters[i].grad()[0].item<double>(); }

  std::vector<at::Tensor> parameters;
};

TEST(GradientReducer, LeavesTheMeanOverTheRanks) {
  ThreadRanks(2).run([](Collective& collective) {
    const Toy toy(3);
    GradientReducer reducer(toy.parameters, collective);
    reducer.arm();
    toy.loss(collective.rank(), 3).backward();
    reducer.finish();
    for (std::size_t i = 0; i < 3; ++i) EXPECT_DOUBLE_EQ(toy.gradient(i), static_cast<double>(i + 1) * 1.5);
  });
}

TEST(GradientReducer, ParametersThatTheLossDoesNotReachKeepNoGradient) {
  ThreadRanks(2).run([](Collective& collective) {
    const Toy toy(3);
    GradientReducer reducer(toy.parameters, collective);
    reducer.arm();
    toy.loss(collective.rank(), 2).backward();
    reducer.finish();
    EXPECT_DOUBLE_EQ(toy.gradient(1), 3);
    EXPECT_FALSE(toy.parameters[2].grad().defined());
  });
}

TEST(GradientReducer, AveragesWhatWasAccumulatedBefore) {
  ThreadRanks(2).run([](Collective& collective) {
    const Toy toy(1);
    GradientReducer reducer(toy.parameters, collective);
    toy.loss(collective.rank(), 1).backward();  // not armed: stays on this rank
    EXPECT_DOUBLE_EQ(toy.gradient(0), static_cast<double>(collective.rank() + 1));
    reducer.arm();
    toy.loss(collective.rank(), 1).backward();
    reducer.finish();
    EXPECT_DOUBLE_EQ(toy.gradient(0), 3);
  });
}

TEST(GradientReducer, ManyBucketsAreReducedInOneOrderOnEveryRank) {
  ThreadRanks(2).run([](Collective& collective) {
    std::vector<at::Tensor> parameters;
    for (int i = 0; i < 3; ++i) parameters.push_back(at::ones({(25 << 20) / 4}).requires_grad_());  // a bucket each
    GradientReducer reducer(parameters, collective);
    reducer.arm();
    // The backward pass of rank 1 meets the parameters in another order.
    const std::vector<int> order = collective.rank() == 0 ? std::vector<int>{0, 1, 2} : std::vector<int>{2, 0, 1};
    at::Tensor sum = at::zeros({});
    for (const int i : order) sum = sum + parameters[static_cast<std::size_t>(i)].mean() * (i + 1.0);
    sum.backward();
    reducer.finish();
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_NEAR(parameters[i].grad().sum().item<double>(), static_cast<double>(i + 1), 1e-3);
    }
  });
}

TEST(GradientReducer, DoesNothingForOneProcess) {
  Collective alone;
  const Toy toy(2);
  GradientReducer reducer(toy.parameters, alone);
  reducer.arm();
  toy.loss(0, 2).backward();
  reducer.finish();
  EXPECT_DOUBLE_EQ(toy.gradient(1), 2);
}

}  // namespace
}  // namespace tvts::test
