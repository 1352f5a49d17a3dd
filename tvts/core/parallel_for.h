// Runs a loop over a range on several threads, one chunk a thread.
#pragma once

#include <cstddef>
#include <functional>

namespace tvts {

// Splits [0, size) into at most `threads` chunks and calls work(begin, end) once for each, all at the same time.
// Rethrows the exception of the lowest chunk after all chunks have finished.
void parallel_for(std::size_t size, std::size_t threads,
                  const std::function<void(std::size_t begin, std::size_t end)>& work);

}  // namespace tvts
