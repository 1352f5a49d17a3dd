#include "tvts/model/runtime/device.h"

#include <torch/cuda.h>

#include <optional>

#include "tvts/core/error.h"

namespace tvts {
namespace {

// Nothing: no name of a device.
std::optional<at::Device> parsed(const std::string& name) {
  try {
    return at::Device(name);
  } catch (const c10::Error&) {
    return std::nullopt;
  }
}

// Why there is no such GPU; empty: there is.
std::string absence_of_gpu(const at::Device& device) {
  if (!at::hasCUDA()) return "this build's libtorch has no CUDA; give cpu, or build with a CUDA libtorch";
  const auto count = static_cast<int>(torch::cuda::device_count());
  if (count == 0) return "this machine shows no GPU; give cpu, or check the driver with nvidia-smi";
  if (device.index() >= count) return concat("this machine shows ", count, " of them, from cuda:0 on");
  return "";
}

}  // namespace

at::Device device_named(const std::string& name) {
  const std::optional<at::Device> device = parsed(name);
  if (!device || (!device->is_cpu() && !device->is_cuda())) {
    fail_usage("device '", name, "' is none of those known here; expected cpu, cuda or cuda:N");
  }
  if (device->is_cpu()) return *device;
  if (const std::string absence = absence_of_gpu(*device); !absence.empty()) {
    fail_usage("device '", name, "' cannot be used: ", absence);
  }
  try {
    at::empty({1}, *device);
  } catch (const c10::Error& error) {
    const std::string reason = error.msg().substr(0, error.msg().find_first_of(".\n"));
    fail_usage("device '", name, "' is there and takes no tensor (", reason, "); give cpu, or another cuda:N");
  }
  return *device;
}

}  // namespace tvts
