#include "tvts/model/plain/tube_mask.h"

#include "tvts/core/error.h"

namespace tvts {

int64_t kept_patches(int64_t patches_per_frame, double ratio) {
  if (!(ratio >= 0 && ratio < 1)) fail_usage("mask ratio is ", ratio, "; expected 0 <= ratio < 1");
  const auto kept = static_cast<int64_t>(static_cast<double>(patches_per_frame) * (1 - ratio));
  if (kept < 1) {
    fail_usage("mask ratio ", ratio, " keeps none of the ", patches_per_frame, " patches of a frame; lower the ratio");
  }
  return kept;
}

at::Tensor random_tube_mask(int64_t batch, int64_t patches_per_frame, double ratio, at::Generator generator) {
  const int64_t kept = kept_patches(patches_per_frame, ratio);
  std::vector<at::Tensor> rows;
  for (int64_t clip = 0; clip < batch; ++clip) {
    rows.push_back(at::randperm(patches_per_frame, generator, at::kLong).narrow(0, 0, kept));
  }
  return at::stack(rows);
}

at::Tensor keep_patches(const at::Tensor& patches, const at::Tensor& keep) {
  const at::Tensor cells = keep.unsqueeze(1).unsqueeze(-1);  // [B, 1, n, 1]
  return patches.gather(2, cells.expand({-1, patches.size(1), -1, patches.size(3)}));
}

}  // namespace tvts
