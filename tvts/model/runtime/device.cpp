#include "tvts/model/runtime/device.h"

#include "tvts/core/error.h"

namespace tvts {

at::Device device_named(const std::string& name) {
  try {
    const at::Device device(name);
    at::empty({1}, device);  // fails where the device is absent
    return device;
  } catch (const c10::Error& error) {
    const std::string reason = error.msg().substr(0, error.msg().find(". "));  // its first sentence
    fail_usage("device '", name, "' cannot be used: ", reason,
               "; expected cpu, or cuda[:N] with a CUDA build of libtorch");
  }
}

}  // namespace tvts
