// Threads that take the parts of a piece of work, each computing alone (docs/decisions/0014-parts-of-a-batch.md).
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "tvts/lanes/one_thread.h"

namespace tvts {

class Lanes {
 public:
  // The calling thread is one of the `count` lanes. While there are several, libtorch's operations run on one thread in
  // all of them, the calling one included; a single lane has as many threads as before.
  // Throws Error(kFailed) where the system has no more threads.
  explicit Lanes(std::size_t count);
  ~Lanes();
  Lanes(const Lanes&) = delete;
  Lanes& operator=(const Lanes&) = delete;

  // Calls work(part) once for each part of [0, parts), in rising order as lanes become free, and waits, without
  // spinning, for all of them. What is set for one thread (gradient mode, autocast) the work sets for itself. What a
  // call throws is thrown once the parts that have begun are done, and no more are begun; of several, what the lowest
  // part threw. From the thread that made the lanes.
  void run(std::size_t parts, const std::function<void(std::size_t part)>& work);

 private:
  void run_lane();
  void take_parts(std::unique_lock<std::mutex>& lock);
  void end();

  std::optional<OneThread> one_thread_;

  std::mutex mutex_;  // of what follows
  std::condition_variable has_parts_, are_done_;
  const std::function<void(std::size_t)>* work_ = nullptr;
  std::size_t next_ = 0, parts_ = 0, unfinished_ = 0;
  std::size_t failed_ = 0;  // the part of error_
  std::exception_ptr error_;
  bool is_ended_ = false;

  std::vector<std::jthread> others_;
};

}  // namespace tvts
