#include "lab/world/options.h"

#include "tvts/core/error.h"

namespace tvts::world {

void check_options(const WorldOptions& options) {
  if (options.side < 32 || options.side > 1024 || options.side % 2 != 0) {
    fail_usage("--size is ", options.side, "; expected an even number of pixels, 32 to 1024");
  }
  if (!(options.contrast_share >= 0 && options.contrast_share <= 1)) {
    fail_usage("--contrast-share is ", options.contrast_share, "; expected 0 to 1");
  }
}

}  // namespace tvts::world
