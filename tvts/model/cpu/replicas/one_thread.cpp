#include "tvts/model/cpu/replicas/one_thread.h"

#include <ATen/Parallel.h>

#include <latch>

namespace tvts {

OneThread::OneThread() : before_(at::get_num_threads()) { at::set_num_threads(1); }

OneThread::~OneThread() { at::set_num_threads(before_); }

// A thread's number of threads is also that of all threads that begin later. So the new one sets its own before this
// returns, and what it was is set again.
std::jthread start_one_thread(std::function<void()> run) {
  const int usual = at::get_num_threads();
  std::latch is_set(1);
  std::jthread thread([&is_set, run = std::move(run)] {
    at::set_num_threads(1);
    is_set.count_down();
    run();
  });
  is_set.wait();
  at::set_num_threads(usual);
  return thread;
}

}  // namespace tvts
