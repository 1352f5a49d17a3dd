// Matrix products in bfloat16 while the weights stay in float32, for a scope and the calling thread.
#pragma once

#include <torch/torch.h>

namespace tvts {

class Autocast {
 public:
  Autocast(at::DeviceType device, bool enabled);
  // Drops the bfloat16 copies of weights that the scope made, unless an outer scope still needs them.
  ~Autocast();
  Autocast(const Autocast&) = delete;
  Autocast& operator=(const Autocast&) = delete;

  static bool is_on(at::DeviceType device);

 private:
  at::DeviceType device_;
  bool was_enabled_;
  at::ScalarType previous_type_;
};

}  // namespace tvts
