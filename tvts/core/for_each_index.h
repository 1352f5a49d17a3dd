// Runs independent pieces of work on several threads.
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>

namespace tvts {

// Calls work(index) once for each index of [0, size), in rising order as at most `threads` threads become free. Throws
// what a call throws, once those that had begun have ended and no more are begun, else Error(kInterrupted) on stop.
void for_each_index(std::size_t size, std::size_t threads, const std::stop_token& stop,
                    const std::function<void(std::size_t index)>& work);

}  // namespace tvts
