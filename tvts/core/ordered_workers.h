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
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "tvts/core/linked_stop.h"
#include "tvts/core/start_threads.h"
#include "tvts/core/throw_if_stopped.h"

namespace tvts {

template <class Job>
class OrderedWorkers {
 public:
  // The next job, null at the end; called from one thread at a time.
  using Claim = std::function<std::shared_ptr<Job>()>;
  using Work = std::function<void(Job&, const std::stop_token&)>;

  // capacity: of jobs that are claimed and not yet taken. claim and work are called from the threads, and end soon
  // after a stop, which the destructor requests before it waits for them; `stop` outlives this. Throws Error(kFailed)
  // where the system has no more threads.
  OrderedWorkers(const ThreadOptions& threads, std::size_t capacity, Claim claim, Work work, LinkedStop& stop)
      : capacity_(capacity), claim_(std::move(claim)), work_(std::move(work)), stop_(stop) {
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

  // The next job once it is done, null at the end. Throws what work threw for it, what claim threw once all jobs before
  // are taken, and Error(kInterrupted) on stop.
  std::shared_ptr<Job> next_done() {
    const auto slot = take([](const Slot& first) { return first.is_done; });
    if (slot && slot->error) std::rethrow_exception(slot->error);
    return slot ? slot->job : nullptr;
  }

  // The next job as soon as it is claimed: job and work agree on what is ready. An error of work is not reported, so
  // that it must throw nothing. Throws as next_done() else.
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
    stop_.request();
    threads_.clear();
  }

  void run() {
    while (const auto slot = claim_slot()) {
      std::exception_ptr error;
      try {
        work_(*slot->job, stop_.token());
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
    if (!wait_for_capacity()) return nullptr;
    try {
      if (auto job = claim_()) return put(std::make_shared<Slot>(Slot{.job = std::move(job)}));
      end_claims(nullptr);
    } catch (...) {
      end_claims(std::current_exception());
    }
    return nullptr;
  }

  std::shared_ptr<Slot> put(std::shared_ptr<Slot> slot) {
    const std::lock_guard lock(mutex_);
    slots_.push_back(slot);
    changed_.notify_all();
    return slot;
  }

  void end_claims(std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    is_ended_ = true;
    claim_error_ = std::move(error);
    changed_.notify_all();
  }

  bool wait_for_capacity() {
    std::unique_lock lock(mutex_);
    has_capacity_.wait(lock, stop_.token(), [&] { return is_ended_ || slots_.size() < capacity_; });
    return !is_ended_ && !stop_.token().stop_requested();
  }

  template <class IsReady>
  std::shared_ptr<Slot> take(const IsReady& is_ready) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop_.token(), [&] { return slots_.empty() ? is_ended_ : is_ready(*slots_.front()); });
    throw_if_stopped(stop_.token());
    if (slots_.empty()) {
      if (claim_error_) std::rethrow_exception(claim_error_);
      return nullptr;
    }
    auto slot = std::move(slots_.front());
    slots_.pop_front();
    has_capacity_.notify_one();
    return slot;
  }

  const std::size_t capacity_;
  const Claim claim_;
  const Work work_;
  LinkedStop& stop_;

  std::mutex claim_mutex_;  // before mutex_

  std::mutex mutex_;  // of what follows
  std::condition_variable_any has_capacity_, changed_;
  std::deque<std::shared_ptr<Slot>> slots_;  // claimed and not yet taken
  bool is_ended_ = false;
  std::exception_ptr claim_error_;

  std::vector<std::jthread> threads_;
};

}  // namespace tvts
