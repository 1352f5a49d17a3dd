#include "tvts/core/keep_freed_memory.h"

#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace tvts {

void keep_freed_memory() {
#ifdef __GLIBC__
  constexpr int kNeverTrim = -1, kGrowBy = 64 << 20;  // bytes
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, kNeverTrim);
  mallopt(M_TOP_PAD, kGrowBy);
#endif
}

}  // namespace tvts
