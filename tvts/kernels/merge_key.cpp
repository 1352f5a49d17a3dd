#include "tvts/kernels/merge_key.h"

#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tvts/kernels/merge_key.cpp"
#include <hwy/foreach_target.h>  // compiles this file once for each instruction set
#include <hwy/highway.h>

#include "tvts/kernels/rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tvts::HWY_NAMESPACE {
namespace {

template <class T>
void merge_key_rows(const MergeKey<T>& group) {
  const std::size_t dim = group.head_dim, width = group.heads * dim;
  const float scale = 1 / std::sqrt(static_cast<float>(dim));
  for (std::size_t row = 0; row < group.rows; ++row) {
    for (std::size_t head = 0; head < group.heads; ++head) {
      const T *k = group.k + head * dim, *v = group.v + head * dim, *q = group.q + row * group.q_stride + head * dim;
      const T* attended = group.attended + row * width + head * dim;
      T* out = group.out + row * width + head * dim;
      const float others = group.log_sum_exp[row * group.heads + head];
      const float weight = 1 / (1 + std::exp(others - scale * dot_of_rows(q, k, dim)));
      over_row(dim, [&](auto d, std::size_t at) HWY_ATTR {
        const auto from = load(d, attended + at);
        store(d, hn::MulAdd(hn::Set(d, weight), hn::Sub(load(d, v + at), from), from), out + at);
      });
    }
  }
}

void merge_key_float32(const MergeKey<float>& group) { merge_key_rows(group); }
void merge_key_bfloat16(const MergeKey<Bfloat16>& group) { merge_key_rows(group); }

}  // namespace
}  // namespace tvts::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tvts {

HWY_EXPORT(merge_key_float32);
HWY_EXPORT(merge_key_bfloat16);

void merge_key(const MergeKey<float>& group) { HWY_DYNAMIC_DISPATCH(merge_key_float32)(group); }
void merge_key(const MergeKey<Bfloat16>& group) { HWY_DYNAMIC_DISPATCH(merge_key_bfloat16)(group); }

}  // namespace tvts
#endif
