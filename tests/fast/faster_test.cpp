#include "tvts/fast/faster.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <thread>

namespace tvts::test {
namespace {

TEST(Faster, IsWhatTakesClearlyLessTime) {
  const auto sleep = [](int milliseconds) {
    return [=] { std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds)); };
  };
  EXPECT_TRUE(is_clearly_faster(sleep(1), sleep(20)));
  EXPECT_FALSE(is_clearly_faster(sleep(20), sleep(1)));
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
