// Matrix products in bfloat16 while the weights stay in float32, for a scope and the calling thread.
#pragma once

#include <torch/torch.h>

namespace tvts {

class Autocast {
 public:
  // Weights are rounded at each use: libtorch's cache of their bfloat16 copies is one for all threads, and whether a
  // second use of a weight in one thread finds the copy of the first would depend on what the others do.
  Autocast(at::DeviceType device, bool enabled);
  ~Autocast();
  Autocast(const Autocast&) = delete;
  Autocast& operator=(const Autocast&) = delete;

  static bool is_on(at::DeviceType device);

 private:
  at::DeviceType device_;
  bool was_enabled_;
  at::ScalarType previous_type_;
  bool was_cached_;
};

}  // namespace tvts
