// Inter-op threads: each takes parts of one piece of work and computes them on one core
// (docs/decisions/0014-parts-of-a-batch.md).
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "tvts/model/cpu/replicas/one_thread.h"

namespace tvts {

class Replicas {
 public:
  // The calling thread is one of the `count` replicas. With several replicas libtorch's operations run on one thread in
  // each of them, the calling thread included, until the destructor; a single replica keeps the number of threads that
  // the caller had. Throws Error(kFailed) where the system cannot start so many threads.
  explicit Replicas(std::size_t count);
  ~Replicas();
  Replicas(const Replicas&) = delete;
  Replicas& operator=(const Replicas&) = delete;

  // Calls work(part) once for each part of [0, parts), in rising order as replicas become free, and blocks without
  // spinning until all are done. Thread-local settings (gradient mode, autocast) are not inherited: the work sets them
  // itself. After an exception no further part is begun, and the exception of the lowest part is rethrown once the
  // parts that had begun are done. Call it from the thread that constructed this object only.
  void run(std::size_t parts, const std::function<void(std::size_t part)>& work);

 private:
  void run_replica();
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
