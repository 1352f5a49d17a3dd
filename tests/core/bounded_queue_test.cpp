#include "tvts/core/bounded_queue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <numeric>
#include <thread>
#include <vector>

namespace tvts {
namespace {

TEST(BoundedQueue, GivesValuesInTheOrderTheyCame) {
  BoundedQueue<int> queue(3);
  for (const int value : {1, 2, 3}) queue.push(value);
  EXPECT_EQ(queue.pop(), 1);
  EXPECT_EQ(queue.pop(), 2);
  EXPECT_EQ(queue.pop(), 3);
}

TEST(BoundedQueue, NeverHoldsMoreThanItsCapacity) {
  BoundedQueue<int> queue(2);
  std::atomic<int> pushed = 0, popped = 0;
  std::jthread producer([&] {
    for (int i = 0; i < 1000; ++i) {
      queue.push(i);
      ++pushed;
    }
    queue.close();
  });
  while (queue.pop()) {
    ++popped;
    EXPECT_LE(pushed - popped, 2);
  }
  EXPECT_EQ(popped, 1000);
}

TEST(BoundedQueue, GivesWhatIsLeftAfterItIsClosed) {
  BoundedQueue<int> queue(2);
  queue.push(7);
  queue.close();
  EXPECT_EQ(queue.pop(), 7);
  EXPECT_EQ(queue.pop(), std::nullopt);
}

TEST(BoundedQueue, RefusesValuesOnceClosed) {
  BoundedQueue<int> queue(2);
  queue.close();
  EXPECT_FALSE(queue.push(1));
}

TEST(BoundedQueue, ClosingWakesAProducerThatWaitsForCapacity) {
  BoundedQueue<int> queue(1);
  queue.push(1);
  bool accepted = true;
  std::thread producer([&] { accepted = queue.push(2); });
  queue.close();
  producer.join();
  EXPECT_FALSE(accepted);
}

TEST(BoundedQueue, ClosingWakesAConsumerThatWaitsForAValue) {
  BoundedQueue<int> queue(1);
  std::optional<int> value = 1;
  std::thread consumer([&] { value = queue.pop(); });
  queue.close();
  consumer.join();
  EXPECT_EQ(value, std::nullopt);
}

TEST(BoundedQueue, AStopWakesAProducerAndAConsumerThatWait) {
  BoundedQueue<int> full(1), empty(1);
  full.push(1);
  std::stop_source stop;
  bool accepted = true;
  std::optional<int> value = 1;
  std::thread producer([&] { accepted = full.push(2, stop.get_token()); });
  std::thread consumer([&] { value = empty.pop(stop.get_token()); });
  stop.request_stop();
  producer.join();
  consumer.join();
  EXPECT_FALSE(accepted);
  EXPECT_EQ(value, std::nullopt);
}

TEST(BoundedQueue, CarriesValuesThatCannotBeCopied) {
  BoundedQueue<std::unique_ptr<int>> queue(1);
  queue.push(std::make_unique<int>(5));
  EXPECT_EQ(**queue.pop(), 5);
}

TEST(BoundedQueue, EachValueReachesOneOfManyConsumers) {
  BoundedQueue<int> queue(4);
  std::atomic<long> sum = 0;
  {
    std::vector<std::jthread> consumers;
    consumers.reserve(3);
    for (int i = 0; i < 3; ++i) {
      consumers.emplace_back([&] {
        while (const auto value = queue.pop()) sum += *value;
      });
    }
    for (int i = 1; i <= 500; ++i) queue.push(i);
    queue.close();
  }
  EXPECT_EQ(sum, 500 * 501 / 2);
}

}  // namespace
}  // namespace tvts
