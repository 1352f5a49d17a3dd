#pragma once

#include <torch/torch.h>

#include <string>

namespace tvts {

// A device by its name in torch::Device: "cpu", "cuda", "cuda:1". Throws Error(kUsage) when it is no device or is not
// there.
at::Device device_named(const std::string& name);

}  // namespace tvts
