// The one-line check for tensors that enter a module from outside: prints name, expected and actual shape.
#pragma once

#include <torch/torch.h>

#include <initializer_list>

namespace tvts {

constexpr int64_t kAnySize = -1;

// Throws Error(kInput): "video is [2, 4, 3, 32, 30]; expected [*, *, 3, 32, 32]".
void check_shape(const char* name, const at::Tensor& tensor, std::initializer_list<int64_t> expected);

}  // namespace tvts
