// Work on a range by several threads.
#pragma once

#include <cstddef>
#include <functional>

namespace tvts {

// Calls work(begin, end) once for each of at most `threads` runs that make up [0, size), at the same time. Throws what
// a call throws, once all have ended; of several the one of the first run.
void in_parts(std::size_t size, std::size_t threads,
              const std::function<void(std::size_t begin, std::size_t end)>& work);

}  // namespace tvts
