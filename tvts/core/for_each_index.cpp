#include "tvts/core/for_each_index.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>

#include "tvts/core/start_threads.h"
#include "tvts/core/throw_if_stopped.h"

namespace tvts {

void for_each_index(std::size_t size, std::size_t threads, const std::stop_token& stop,
                    const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr error;  // the first
  const auto run = [&] {
    for (std::size_t index = next++; index < size && !stop.stop_requested(); index = next++) {
      try {
        work(index);
      } catch (...) {
        const std::lock_guard lock(mutex);
        if (!error) error = std::current_exception();
        next = size;
      }
    }
  };
  {
    std::vector<std::jthread> started;
    try {
      start_threads(started,
                    {.count = std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(1, size)),
                     .purpose = "to work with",
                     .remedy = "ask for fewer"},
                    run);
    } catch (...) {
      next = size;  // those that have started begin nothing more
      throw;
    }
  }
  if (error) std::rethrow_exception(error);
  throw_if_stopped(stop);
}

}  // namespace tvts
