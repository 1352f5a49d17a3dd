#include "tvts/core/ordered_workers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <stdexcept>
#include <string>
#include <system_error>

#include "tvts/core/for_each_index.h"

namespace tvts {
namespace {

struct Number {
  int value = 0, square = 0;
};
using Workers = OrderedWorkers<Number>;

ThreadOptions threads(std::size_t count) { return {.count = count, .purpose = "of a test", .remedy = "", .start = {}}; }

Workers::Claim numbers_below(int end) {
  return [end, next = 0]() mutable -> std::shared_ptr<Number> {
    return next < end ? std::make_shared<Number>(Number{.value = next++}) : nullptr;
  };
}

void square(Number& number, const std::stop_token&) { number.square = number.value * number.value; }

TEST(OrderedWorkers, GiveTheJobsDoneInTheOrderOfTheClaims) {
  LinkedStop stop({});
  Workers workers(threads(4), 8, numbers_below(1000), square, stop);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(workers.next_done()->square, i * i);
  EXPECT_EQ(workers.next_done(), nullptr);
  EXPECT_EQ(workers.next_done(), nullptr);
}

TEST(OrderedWorkers, ClaimNoMoreThanTheCapacityAhead) {
  LinkedStop stop({});
  std::atomic<int> claimed = 0, taken = 0, most = 0;
  const auto claim = [&, numbers = numbers_below(500)]() mutable {
    most = std::max<int>(most, ++claimed - taken);
    return numbers();
  };
  Workers workers(threads(3), 5, claim, square, stop);
  while (workers.next_done()) ++taken;
  // One more: a slot is free before the consumer has counted what it took from it.
  EXPECT_LE(most, 6);
}

TEST(OrderedWorkers, ThrowWhatAJobThrewWhenItsTurnComes) {
  LinkedStop stop({});
  const auto work = [](Number& number, const std::stop_token&) {
    if (number.value == 3) throw std::runtime_error("the third");
  };
  Workers workers(threads(4), 8, numbers_below(10), work, stop);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(workers.next_done()->value, i);
  EXPECT_THROW(workers.next_done(), std::runtime_error);
  EXPECT_EQ(workers.next_done()->value, 4);
}

TEST(OrderedWorkers, ThrowWhatAClaimThrewAfterTheJobsBeforeIt) {
  LinkedStop stop({});
  const auto claim = [numbers = numbers_below(3)]() mutable {
    auto number = numbers();
    if (!number) throw std::runtime_error("no more");
    return number;
  };
  Workers workers(threads(2), 8, claim, square, stop);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(workers.next_done()->value, i);
  EXPECT_THROW(workers.next_done(), std::runtime_error);
}

TEST(OrderedWorkers, GiveAJobThatHasBegunBeforeItIsDone) {
  LinkedStop stop({});
  std::latch is_taken(1);
  Workers workers(
      threads(1), 1, numbers_below(1), [&](Number&, const std::stop_token&) { is_taken.wait(); }, stop);
  EXPECT_EQ(workers.next_begun()->value, 0);
  is_taken.count_down();
}

TEST(OrderedWorkers, AStopEndsTheWaitForAJob) {
  std::stop_source outer;
  LinkedStop stop(outer.get_token());
  std::atomic<bool> was_told = false;
  const auto work = [&](Number&, const std::stop_token& stopped) {
    outer.request_stop();
    was_told = stopped.stop_requested();
  };
  {
    Workers workers(threads(1), 1, numbers_below(1), work, stop);
    try {
      workers.next_done();
      ADD_FAILURE();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kInterrupted);
    }
  }
  EXPECT_TRUE(was_told);
}

TEST(OrderedWorkers, EndTheThreadsThatHaveStartedWhereOneCannot) {
  LinkedStop stop({});
  ThreadOptions options = threads(2);
  options.start = [started = 0](std::function<void()> run) mutable {
    if (started++ == 1) throw std::system_error(std::make_error_code(std::errc::resource_unavailable_try_again));
    return std::jthread(std::move(run));
  };
  const auto claim = [&]() -> std::shared_ptr<Number> {  // waits until a stop is requested
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any().wait(lock, stop.token(), [] { return false; });
    return nullptr;
  };
  try {
    Workers(options, 1, claim, square, stop);
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("cannot start 2 threads of a test"), std::string::npos) << error.what();
  }
}

TEST(OrderedWorkers, EndWithJobsThatNobodyTook) {
  LinkedStop stop({});
  Workers workers(threads(3), 4, numbers_below(100), square, stop);
  EXPECT_EQ(workers.next_done()->value, 0);
}

TEST(ForEachIndex, CallsTheWorkOnceForEach) {
  std::vector<std::atomic<int>> calls(100);
  for_each_index(100, 4, {}, [&](std::size_t index) { ++calls[index]; });
  for (const auto& count : calls) EXPECT_EQ(count, 1);
}

TEST(ForEachIndex, BeginsNoMoreAfterAnError) {
  std::atomic<int> calls = 0;
  const auto work = [&](std::size_t) {
    ++calls;
    throw std::runtime_error("the first");
  };
  EXPECT_THROW(for_each_index(100, 2, {}, work), std::runtime_error);
  EXPECT_LE(calls, 2);
}

TEST(ForEachIndex, IsInterruptedByAStop) {
  std::stop_source stop;
  std::atomic<int> calls = 0;
  const auto work = [&](std::size_t) {
    ++calls;
    stop.request_stop();
  };
  try {
    for_each_index(100, 2, stop.get_token(), work);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInterrupted);
  }
  EXPECT_LE(calls, 2);
}

}  // namespace
}  // namespace tvts
