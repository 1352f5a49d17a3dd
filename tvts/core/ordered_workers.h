// Jobs that are claimed one after another, done side by side, and taken in the order of their claims.
//
//   claim() -> job 0 -> [thread: work(job)] -+
//           -> job 1 -> [thread: work(job)] -+-> next_done(), next_begun()   one consumer
//           -> job 2 -> [thread: work(job)] -+
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "tvts/core/start_threads.h"
#include "tvts/core/throw_if_stopped.h"

namespace tvts {

template <class Job>
class OrderedWorkers {
 public:
  // The next job, null at the end; called from one thread at a time.
  using Claim = std::function<std::shared_ptr<Job>()>;
  using Work = std::function<void(Job&, const std::stop_token&)>;

  // capacity: of jobs that are claimed and not yet taken. claim and work are called from the threads; work ends soon
  // after its stop token is requested, by the caller's stop or by the destructor, which waits for it.
  // Throws Error(kFailed) where the system has no more threads.
  OrderedWorkers(const ThreadOptions& threads, std::size_t capacity, Claim claim, Work work, std::stop_token stop)
      : capacity_(capacity),
        claim_(std::move(claim)),
        work_(std::move(work)),
        outer_stop_(std::move(stop), [this] { stop_.request_stop(); }) {
    try {
      start_threads(threads_, threads, [this] { run(); });
    } catch (...) {
      end();
      throw;
    }
  }
  ~OrderedWorkers() { end(); }
  OrderedWorkers(const OrderedWorkers&) = delete;
  OrderedWorkers& operator=(const OrderedWorkers&) = delete;

  std::stop_token stop_token() const { return stop_.get_token(); }

  // The next job once it is done, null at the end. Throws what work threw for it, what claim threw once all jobs before
  // are taken, and Error(kInterrupted) on stop.
  std::shared_ptr<Job> next_done() {
    const auto slot = take([](const Slot& first) { return first.is_done; });
    if (slot && slot->error) std::rethrow_exception(slot->error);
    return slot ? slot->job : nullptr;
  }

  // The next job as soon as it is claimed: job and work agree on what is ready. What work throws ends its thread's
  // program: it throws nothing.
  std::shared_ptr<Job> next_begun() {
    const auto slot = take([](const Slot&) { return true; });
    return slot ? slot->job : nullptr;
  }

 private:
  struct Slot {
    std::shared_ptr<Job> job;
    bool is_done = false;
    std::exception_ptr error;
  };

  void end() {
    stop_.request_stop();
    threads_.clear();
  }

  void run() {
    while (const auto slot = claim_slot()) {
      std::exception_ptr error;
      try {
        work_(*slot->job, stop_.get_token());
      } catch (...) {
        error = std::current_exception();
      }
      const std::lock_guard lock(mutex_);
      slot->error = error;
      slot->is_done = true;
      changed_.notify_all();
    }
  }

  // Held while a job is claimed and put into the queue, so that the queue has the order of the claims.
  std::shared_ptr<Slot> claim_slot() {
    const std::lock_guard claiming(claim_mutex_);
    if (!wait_for_room()) return nullptr;
    std::shared_ptr<Slot> slot;
    std::exception_ptr error;
    try {
      if (auto job = claim_()) slot = std::make_shared<Slot>(Slot{.job = std::move(job)});
    } catch (...) {
      error = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    if (slot) slots_.push_back(slot);
    is_ended_ = !slot;
    claim_error_ = error;
    changed_.notify_all();
    return slot;
  }

  bool wait_for_room() {
    std::unique_lock lock(mutex_);
    room_.wait(lock, stop_.get_token(), [&] { return is_ended_ || slots_.size() < capacity_; });
    return !is_ended_ && !stop_.stop_requested();
  }

  template <class IsReady>
  std::shared_ptr<Slot> take(const IsReady& is_ready) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop_.get_token(), [&] { return slots_.empty() ? is_ended_ : is_ready(*slots_.front()); });
    throw_if_stopped(stop_.get_token());
    if (slots_.empty()) {
      if (claim_error_) std::rethrow_exception(claim_error_);
      return nullptr;
    }
    auto slot = std::move(slots_.front());
    slots_.pop_front();
    room_.notify_one();
    return slot;
  }

  const std::size_t capacity_;
  const Claim claim_;
  const Work work_;
  std::stop_source stop_;
  const std::stop_callback<std::function<void()>> outer_stop_;

  std::mutex claim_mutex_;  // before mutex_

  std::mutex mutex_;  // of what follows
  std::condition_variable_any room_, changed_;
  std::deque<std::shared_ptr<Slot>> slots_;  // claimed and not yet taken
  bool is_ended_ = false;
  std::exception_ptr claim_error_;

  std::vector<std::jthread> threads_;
};

}  // namespace tvts
