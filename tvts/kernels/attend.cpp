#include "tvts/kernels/attend.h"

#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tvts/kernels/attend.cpp"
#include <hwy/foreach_target.h>  // compiles this file once for each instruction set
#include <hwy/highway.h>

#include <hwy/contrib/math/math-inl.h>
#include "tvts/kernels/rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tvts::HWY_NAMESPACE {
namespace {

// The CLS row, if there is one, and the others after it.
template <class T>
struct KeyRows {
  const T* cls;
  HeadRows<T> others;
  const T* operator[](std::size_t i) const {
    if (cls == nullptr) return others.first + i * others.stride;
    return i == 0 ? cls : others.first + (i - 1) * others.stride;
  }
};

template <class T>
HWY_INLINE void widen(const T* from, float scale, std::size_t size, float* to) {
  over_row(size,
           [&](auto d, std::size_t at) HWY_ATTR { store(d, hn::Mul(load(d, from + at), hn::Set(d, scale)), to + at); });
}

// From scores to exp(scores - their maximum); returns the sum of these.
HWY_INLINE float exponentials(float* scores, std::size_t count) {
  float highest = scores[0];
  for (std::size_t i = 1; i < count; ++i) highest = scores[i] > highest ? scores[i] : highest;
  return sum_over_row(count, [&](auto d, std::size_t at) HWY_ATTR {
    const auto weight = hn::Exp(d, hn::Sub(load(d, scores + at), hn::Set(d, highest)));
    store(d, weight, scores + at);
    return weight;
  });
}

// out = scale * sum of weights[i] values[i], for four vectors' width from `at` on.
template <class T, class Out>
HWY_INLINE void mix_four(const KeyRows<T>& values, const float* weights, std::size_t count, float scale, std::size_t at,
                         Out* out) {
  const Lanes d;
  const std::size_t step = hn::Lanes(d);
  auto a = hn::Zero(d), b = a, c = a, e = a;
  for (std::size_t i = 0; i < count; ++i) {
    const T* row = values[i] + at;
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

template <class T, class Out>
HWY_INLINE void mix(const KeyRows<T>& values, const float* weights, std::size_t count, float scale,
                    std::size_t head_dim, Out* out) {
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

// q: one query, already scaled. scores: room for `count`.
template <class T, class Out>
HWY_INLINE void attend_one(const float* q, const KeyRows<T>& k, const KeyRows<T>& v, std::size_t count,
                           std::size_t head_dim, float* scores, Out* out) {
  for (std::size_t i = 0; i < count; ++i) scores[i] = dot_of_rows(q, k[i], head_dim);
  const float sum = exponentials(scores, count);
  mix(v, scores, count, 1 / sum, head_dim, out);
}

template <class T>
void attend_group(const Attend<T>& group, AttendScratch& scratch) {
  const std::size_t dim = group.head_dim, cls = group.cls_k != nullptr ? 1 : 0, keys = cls + group.keys;
  const KeyRows<T> k = {group.cls_k, group.k}, v = {group.cls_v, group.v};
  const float scale = 1 / std::sqrt(static_cast<float>(dim));
  const bool widens = sizeof(T) < sizeof(float) && group.queries > 1;  // once for all queries
  const std::size_t widened = widens ? keys * dim : 0;
  scratch.resize(keys + dim + 2 * widened);
  float *scores = scratch.data(), *q = scores + keys, *wide_k = q + dim, *wide_v = wide_k + widened;
  for (std::size_t i = 0; widens && i < keys; ++i) {
    widen(k[i], 1, dim, wide_k + i * dim);
    widen(v[i], 1, dim, wide_v + i * dim);
  }
  for (std::size_t i = 0; i < group.queries; ++i) {
    const std::size_t seen = group.causal ? cls + i + 1 : keys;
    T* out = group.out + i * group.out_stride;
    widen(group.q.first + i * group.q.stride, scale, dim, q);
    if (widens) {
      attend_one<float>(q, {nullptr, {wide_k, dim}}, {nullptr, {wide_v, dim}}, seen, dim, scores, out);
    } else {
      attend_one<T>(q, k, v, seen, dim, scores, out);
    }
  }
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
