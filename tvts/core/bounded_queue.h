// A queue between threads that holds at most `capacity` values: a fast producer waits for a slow consumer.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace tvts {

template <class Value>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

  // Waits for free capacity. Returns false, dropping the value, when the queue is closed or a stop is requested
  // meanwhile.
  bool push(Value value, const std::stop_token& stop = {}) {
    std::unique_lock lock(mutex_);
    if (!has_capacity_.wait(lock, stop, [&] { return closed_ || values_.size() < capacity_; }) || closed_) return false;
    values_.push_back(std::move(value));
    filled_.notify_one();
    return true;
  }

  // Waits for a value. Returns nothing once the queue is closed and empty, or when a stop is requested meanwhile.
  std::optional<Value> pop(const std::stop_token& stop = {}) {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, stop, [&] { return closed_ || !values_.empty(); });
    if (values_.empty()) return std::nullopt;
    Value value = std::move(values_.front());
    values_.pop_front();
    has_capacity_.notify_one();
    return value;
  }

  // No more values: waiting producers give up, consumers drain what is left.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    has_capacity_.notify_all();
    filled_.notify_all();
  }

 private:
  const std::size_t capacity_;
  std::mutex mutex_;
  std::condition_variable_any has_capacity_, filled_;
  std::deque<Value> values_;
  bool closed_ = false;
};

}  // namespace tvts
