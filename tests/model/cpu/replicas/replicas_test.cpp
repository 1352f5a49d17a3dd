#include "tvts/model/cpu/replicas/replicas.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <thread>

#include "tests/support/cpu_seconds.h"

namespace tvts::test {
namespace {

class ReplicasTest : public testing::Test {
 protected:
  void SetUp() override { at::set_num_threads(3); }
  void TearDown() override { at::set_num_threads(before_); }

 private:
  const int before_ = at::get_num_threads();
};

TEST_F(ReplicasTest, EachPartIsDoneOnce) {
  Replicas replicas(3);
  for (const std::size_t parts : {0U, 1U, 2U, 3U, 50U}) {
    std::vector<int> done(parts);
    replicas.run(parts, [&](std::size_t part) { ++done[part]; });
    EXPECT_EQ(done, std::vector<int>(parts, 1));
  }
}

TEST_F(ReplicasTest, PartsAreDoneAtTheSameTime) {
  Replicas replicas(2);
  std::latch both(2);
  replicas.run(2, [&](std::size_t) { both.arrive_and_wait(); });  // one after the other would wait for ever
}

TEST_F(ReplicasTest, OperationsRunOnOneThreadInEveryReplica) {
  {
    Replicas replicas(2);
    std::latch both(2);
    std::vector<int> threads(2);
    replicas.run(2, [&](std::size_t part) {
      threads[part] = at::get_num_threads();
      both.arrive_and_wait();
    });
    EXPECT_EQ(threads, (std::vector<int>{1, 1}));
    EXPECT_EQ(at::get_num_threads(), 1);
  }
  EXPECT_EQ(at::get_num_threads(), 3);
}

TEST_F(ReplicasTest, ASingleReplicaHasTheThreadsThatTheCallerHad) {
  Replicas replicas(1);
  int threads = 0;
  replicas.run(1, [&](std::size_t) { threads = at::get_num_threads(); });
  EXPECT_EQ(threads, 3);
}

TEST_F(ReplicasTest, ThrowsWhatTheLowestPartThrew) {
  Replicas replicas(2);
  std::latch both(2);
  const auto fail_in_both = [&](std::size_t part) {
    both.arrive_and_wait();
    throw std::runtime_error(std::to_string(part));
  };
  try {
    replicas.run(2, fail_in_both);
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "0");
  }
}

TEST_F(ReplicasTest, AfterAnErrorNoPartIsBegunAndOthersCanBeRun) {
  Replicas replicas(2);
  std::atomic<int> begun = 0;
  const auto fail_at_once = [&](std::size_t) {
    ++begun;
    throw std::runtime_error("no");
  };
  EXPECT_THROW(replicas.run(100, fail_at_once), std::runtime_error);
  EXPECT_LE(begun, 2);
  begun = 0;
  replicas.run(5, [&](std::size_t) { ++begun; });
  EXPECT_EQ(begun, 5);
}

// One replica computes for a while; the calling thread and the third replica have nothing to do. Were they to spin,
// they would take as much of the CPU as it does.
TEST_F(ReplicasTest, WaitingTakesNoTimeOfTheCpu) {
  Replicas replicas(3);
  const std::thread::id caller = std::this_thread::get_id();
  std::latch both(2);
  double computed = 0;
  const double begin = cpu_seconds(CLOCK_PROCESS_CPUTIME_ID);
  replicas.run(2, [&](std::size_t) {
    both.arrive_and_wait();
    if (std::this_thread::get_id() == caller) return;
    const double begin_here = cpu_seconds();
    while (computed < 0.2) computed = cpu_seconds() - begin_here;
  });
  EXPECT_GE(computed, 0.2);
  EXPECT_LT(cpu_seconds(CLOCK_PROCESS_CPUTIME_ID) - begin, 1.5 * computed);
}

}  // namespace
}  // namespace tvts::test
