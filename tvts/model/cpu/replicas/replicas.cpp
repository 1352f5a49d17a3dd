#include "tvts/model/cpu/replicas/replicas.h"

#include <system_error>

#include "tvts/core/error.h"

namespace tvts {

Replicas::Replicas(std::size_t count) {
  if (count <= 1) return;
  one_thread_.emplace();
  try {
    for (std::size_t i = 1; i < count; ++i) others_.push_back(start_one_thread([this] { run_replica(); }));
  } catch (const std::system_error& error) {
    end();
    fail(ErrorKind::kFailed, "cannot start ", count, " threads to compute with: ", error.what(),
         "; set TVTS_NUM_THREADS to fewer");
  }
}

Replicas::~Replicas() { end(); }

void Replicas::end() {
  {
    const std::lock_guard lock(mutex_);
    is_ended_ = true;
    has_parts_.notify_all();
  }
  others_.clear();
}

void Replicas::run(std::size_t parts, const std::function<void(std::size_t)>& work) {
  std::unique_lock lock(mutex_);
  work_ = &work;
  next_ = 0;
  parts_ = unfinished_ = parts;
  has_parts_.notify_all();
  take_parts(lock);
  are_done_.wait(lock, [&] { return unfinished_ == 0; });
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

void Replicas::run_replica() {
  std::unique_lock lock(mutex_);
  for (;;) {
    has_parts_.wait(lock, [&] { return is_ended_ || next_ < parts_; });
    if (is_ended_) return;
    take_parts(lock);
  }
}

// Takes one part after the other until none is left.
void Replicas::take_parts(std::unique_lock<std::mutex>& lock) {
  while (next_ < parts_) {
    const std::size_t part = next_++;
    std::exception_ptr error;
    lock.unlock();
    try {
      (*work_)(part);
    } catch (...) {
      error = std::current_exception();
    }
    lock.lock();
    if (error && (!error_ || part < failed_)) {
      error_ = error;
      failed_ = part;
    }
    if (error) {  // the rest is not begun
      unfinished_ -= parts_ - next_;
      next_ = parts_;
    }
    if (--unfinished_ == 0) are_done_.notify_one();
  }
}

}  // namespace tvts
