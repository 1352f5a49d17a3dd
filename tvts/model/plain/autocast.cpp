#include "tvts/model/plain/autocast.h"

#include <ATen/autocast_mode.h>

namespace tvts {

Autocast::Autocast(at::DeviceType device, bool enabled)
    : device_(device),
      was_enabled_(at::autocast::is_autocast_enabled(device)),
      previous_type_(at::autocast::get_autocast_dtype(device)),
      was_cached_(at::autocast::is_autocast_cache_enabled()) {
  at::autocast::set_autocast_cache_enabled(false);
  at::autocast::set_autocast_enabled(device_, enabled);
  if (enabled) at::autocast::set_autocast_dtype(device_, at::kBFloat16);
}

Autocast::~Autocast() {
  at::autocast::set_autocast_enabled(device_, was_enabled_);
  at::autocast::set_autocast_dtype(device_, previous_type_);
  at::autocast::set_autocast_cache_enabled(was_cached_);
}

bool Autocast::is_on(at::DeviceType device) { return at::autocast::is_autocast_enabled(device); }

}  // namespace tvts
