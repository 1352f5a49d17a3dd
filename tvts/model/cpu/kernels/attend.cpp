#include "tvts/model/cpu/kernels/attend.h"

#include <algorithm>
#include <cmath>

#include "tvts/model/cpu/kernels/prefetch.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tvts/model/cpu/kernels/attend.cpp"
#include <hwy/foreach_target.h>  // compiles this file once for each instruction set
#include <hwy/highway.h>

#include "tvts/model/cpu/kernels/attention_parts-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tvts::HWY_NAMESPACE {
namespace {

constexpr std::size_t kRowsAhead = 16;

// out = scale * sum of weights[i] values[i], for four vectors' width from `at` on.
template <class T>
HWY_INLINE void mix_four(const KeyRows<T>& values, const float* weights, std::size_t count, float scale, std::size_t at,
                         T* out) {
  const Lanes d;
  const std::size_t step = hn::Lanes(d);
  auto a = hn::Zero(d), b = a, c = a, e = a;
  for (std::size_t i = 0; i < count; ++i) {
    const T* row = values[i] + at;
    prefetch_row(values[i + kRowsAhead] + at, 4 * step);
    const auto weight = hn::Set(d, weights[i]);
    a = hn::MulAdd(weight, load(d, row), a);
    b = hn::MulAdd(weight, load(d, row + step), b);
    c = hn::MulAdd(weight, load(d, row + 2 * step), c);
    e = hn::MulAdd(weight, load(d, row + 3 * step), e);
  }
  const auto factor = hn::Set(d, scale);
  store(d, hn::Mul(a, factor), out + at);
  store(d, hn::Mul(b, factor), out + at + step);
  store(d, hn::Mul(c, factor), out + at + 2 * step);
  store(d, hn::Mul(e, factor), out + at + 3 * step);
}

template <class T>
HWY_INLINE void mix(const KeyRows<T>& values, const float* weights, std::size_t count, float scale,
                    std::size_t head_dim, T* out) {
  const std::size_t four = 4 * hn::Lanes(Lanes());
  std::size_t begin = 0;
  for (; begin + four <= head_dim; begin += four) mix_four(values, weights, count, scale, begin, out);
  over_row(head_dim - begin, [&](auto d, std::size_t at) HWY_ATTR {
    auto sum = hn::Zero(d);
    for (std::size_t i = 0; i < count; ++i) {
      sum = hn::MulAdd(hn::Set(d, weights[i]), load(d, values[i] + begin + at), sum);
    }
    store(d, hn::Mul(sum, hn::Set(d, scale)), out + begin + at);
  });
}

// q: one query, already scaled. scores: of the capacity `count`.
template <class T>
HWY_INLINE void attend_one(const float* q, const KeyRows<T>& k, const KeyRows<T>& v, std::size_t count,
                           std::size_t head_dim, float* scores, T* out) {
  for (std::size_t i = 0; i < count; ++i) {
    prefetch_row(k[i + kRowsAhead], head_dim);
    scores[i] = dot_of_rows(q, k[i], head_dim);
  }
  const float sum = exponentials(scores, count);
  mix(v, scores, count, 1 / sum, head_dim, out);
}

// Many queries: keys are laid out as columns once, and scores and sums are products of small matrices.
template <class T>
void attend_many(const Attend<T>& group, const KeyRows<T>& k, const KeyRows<T>& v, std::size_t keys, float scale,
                 AttendScratch& scratch) {
  const std::size_t dim = group.head_dim, wide = padded(dim), many = padded(keys);
  scratch.resize(dim * many + (keys + 2 * kQueriesAtOnce) * wide + kQueriesAtOnce * many);
  float *k_columns = scratch.data(), *v_rows = k_columns + dim * many, *q = v_rows + keys * wide,
        *sums = q + kQueriesAtOnce * wide, *weights = sums + kQueriesAtOnce * wide;
  for (std::size_t i = 0; i < keys; ++i) {
    lay_column(k[i], dim, k_columns + i, many);
    widen(v[i], 1, dim, v_rows + i * wide);
  }
  for (std::size_t first = 0; first < group.queries; first += kQueriesAtOnce) {
    const std::size_t rows = std::min(kQueriesAtOnce, group.queries - first);
    for (std::size_t i = 0; i < rows; ++i) {
      widen(group.q.first + (first + i) * group.q.stride, scale, dim, q + i * wide);
    }
    small_product<Product::kSet>({q, wide, 1}, {k_columns, many}, rows, dim, keys, {weights, many});
    float inverse[kQueriesAtOnce];
    for (std::size_t i = 0; i < rows; ++i) {
      float* row = weights + i * many;
      const std::size_t seen = group.causal ? keys - group.keys + first + i + 1 : keys;
      inverse[i] = 1 / exponentials(row, seen);
      std::fill(row + seen, row + keys, 0.0F);
    }
    small_product<Product::kSet>({weights, many, 1}, {v_rows, wide}, rows, keys, dim, {sums, wide});
    for (std::size_t i = 0; i < rows; ++i) {
      widen(sums + i * wide, inverse[i], dim, group.out + (first + i) * group.out_stride);
    }
  }
}

template <class T>
void attend_group(const Attend<T>& group, AttendScratch& scratch) {
  const std::size_t dim = group.head_dim, keys = group.key_count();
  const KeyRows<T> k = group.all_keys(), v = group.all_values();
  const float scale = 1 / std::sqrt(static_cast<float>(dim));
  if (group.queries > 1) {
    attend_many(group, k, v, keys, scale, scratch);
    return;
  }
  scratch.resize(keys + dim);
  float *scores = scratch.data(), *q = scores + keys;
  widen(group.q.first, scale, dim, q);
  attend_one(q, k, v, group.causal ? keys - group.keys + 1 : keys, dim, scores, group.out);
}

void attend_float32(const Attend<float>& group, AttendScratch& scratch) { attend_group(group, scratch); }
void attend_bfloat16(const Attend<Bfloat16>& group, AttendScratch& scratch) { attend_group(group, scratch); }

}  // namespace
}  // namespace tvts::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tvts {

HWY_EXPORT(attend_float32);
HWY_EXPORT(attend_bfloat16);

void attend(const Attend<float>& group, AttendScratch& scratch) {
  HWY_DYNAMIC_DISPATCH(attend_float32)(group, scratch);
}
void attend(const Attend<Bfloat16>& group, AttendScratch& scratch) {
  HWY_DYNAMIC_DISPATCH(attend_bfloat16)(group, scratch);
}

}  // namespace tvts
#endif
