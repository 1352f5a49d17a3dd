#include "tvts/model/cpu/inference/faster.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace tvts::test {
namespace {

// A clock that counts what the runs add to it.
class Trial {
 public:
  bool is_clearly_faster(const std::vector<double>& a, const std::vector<double>& b) {
    const auto taking = [this](const std::vector<double>& seconds) {
      return [this, &seconds, run = std::size_t{0}]() mutable { now_ += seconds[run++ % seconds.size()]; };
    };
    return tvts::is_clearly_faster(taking(a), taking(b), [this](const std::function<void()>& run) {
      const double begin = now_;
      run();
      return now_ - begin;
    });
  }

 private:
  double now_ = 0;
};

TEST(Faster, IsWhatTakesClearlyLessTime) {
  Trial trial;
  EXPECT_TRUE(trial.is_clearly_faster({1}, {1.4}));
  EXPECT_FALSE(trial.is_clearly_faster({1}, {1.2})) << "a little faster is not worth another way";
  EXPECT_FALSE(trial.is_clearly_faster({1.4}, {1}));
}

TEST(Faster, TheLeastTimesCount) {
  Trial trial;
  EXPECT_TRUE(trial.is_clearly_faster({50, 50, 1, 50}, {2})) << "other programs made most runs slower";
  EXPECT_FALSE(trial.is_clearly_faster({1}, {50, 50, 1, 50}));
}

TEST(Faster, ATrialThatFailsLeavesTheThreadsAsTheyWere) {
  const int threads = at::get_num_threads();
  at::set_num_threads(2);
  const auto fails = [] { throw std::runtime_error("not on this CPU"); };
  EXPECT_THROW(is_clearly_faster(fails, fails), std::runtime_error);
  EXPECT_EQ(at::get_num_threads(), 2);
  at::set_num_threads(threads);
}

}  // namespace
}  // namespace tvts::test
