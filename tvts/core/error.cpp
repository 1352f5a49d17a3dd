#include "tvts/core/error.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace tvts {

void assertion_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "tvts: internal error: %s does not hold at %s:%d; please report this\n", condition, file, line);
  std::abort();
}

std::string errno_text() { return std::generic_category().message(errno); }

}  // namespace tvts
