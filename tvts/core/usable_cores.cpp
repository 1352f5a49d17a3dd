#include "tvts/core/usable_cores.h"

#include <sched.h>

#include <algorithm>
#include <thread>

namespace tvts {

std::size_t usable_cores() {
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof cores, &cores) == 0) return static_cast<std::size_t>(std::max(1, CPU_COUNT(&cores)));
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace tvts
