// The tube mask of pre-training (paper 3.3): the same cells are kept in all frames of a clip.
#pragma once

#include <torch/torch.h>

namespace tvts {

// int(N * (1 - ratio)): how many of a frame's N patches are kept. Throws Error(kUsage) when none would be, or the ratio
// is outside [0, 1).
int64_t kept_patches(int64_t patches_per_frame, double ratio);

// For each of B clips the head of a random permutation of the cells, not sorted: int64 [B, n].
at::Tensor random_tube_mask(int64_t batch, int64_t patches_per_frame, double ratio, at::Generator generator);

// patches [B, T, N, D], keep [B, n] (int64, each a cell in [0, N)) -> [B, T, n, D]
at::Tensor keep_patches(const at::Tensor& patches, const at::Tensor& keep);

}  // namespace tvts
