#include "tvts/model/cpu/kernels/attend_backward.h"

#include <algorithm>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tvts/model/cpu/kernels/attend_backward.cpp"
#include <hwy/foreach_target.h>  // compiles this file once for each instruction set
#include <hwy/highway.h>

#include "tvts/model/cpu/kernels/attention_parts-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tvts::HWY_NAMESPACE {
namespace {

// Memory for the work on one head. Matrices of tokens have a row a token, padded.
struct HeadScratch {
  std::size_t wide, many;  // padded head_dim and keys of a group
  float *cls_q, *cls_out_gradient, *cls_q_gradient, *cls_k_gradient, *cls_v_gradient;  // [head_dim]
  float *cls_weights, *cls_score_gradients;                                            // [1 + patches]
  float *q, *out_gradient, *k, *v, *k_columns, *v_columns;                             // of a group, CLS key first
  float *q_gradient, *k_gradient, *v_gradient;
  float *weights, *score_gradients;  // [kQueriesAtOnce, many]
};

// to += factor from
template <class T>
HWY_INLINE void add_scaled(const T* from, float factor, std::size_t size, float* to) {
  over_row(size, [&](auto d, std::size_t at) HWY_ATTR {
    store(d, hn::MulAdd(load(d, from + at), hn::Set(d, factor), load(d, to + at)), to + at);
  });
}

// From the weights' gradients dp to those of the scores: p (dp - sum p dp).
HWY_INLINE void softmax_backward(const float* weights, std::size_t count, float* gradients) {
  const float mean = dot_of_rows(weights, gradients, count);
  over_row(count, [&](auto d, std::size_t at) HWY_ATTR {
    store(d, hn::Mul(load(d, weights + at), hn::Sub(load(d, gradients + at), hn::Set(d, mean))), gradients + at);
  });
}

HeadScratch head_scratch(std::size_t head_dim, const PatchGroups& groups, AttendScratch& scratch) {
  HeadScratch head = {.wide = padded(head_dim), .many = padded(groups.size + 1)};
  const std::size_t tokens = head.wide * (groups.size + 1), columns = head_dim * head.many,
                    scores = kQueriesAtOnce * head.many, all = padded(1 + groups.groups * groups.size);
  scratch.resize(5 * head.wide + 2 * all + 7 * tokens + 2 * columns + 2 * scores);
  float* next = scratch.data();
  const auto take = [&next](float*& part, std::size_t size) {
    part = next;
    next += size;
  };
  for (float** part :
       {&head.cls_q, &head.cls_out_gradient, &head.cls_q_gradient, &head.cls_k_gradient, &head.cls_v_gradient}) {
    take(*part, head.wide);
  }
  for (float** part : {&head.cls_weights, &head.cls_score_gradients}) take(*part, all);
  for (float** part :
       {&head.q, &head.out_gradient, &head.k, &head.v, &head.q_gradient, &head.k_gradient, &head.v_gradient}) {
    take(*part, tokens);
  }
  for (float** part : {&head.k_columns, &head.v_columns}) take(*part, columns);
  for (float** part : {&head.weights, &head.score_gradients}) take(*part, scores);
  return head;
}

// The CLS query over all tokens: its weights, their scores' gradients, and the gradient of the query.
template <class T>
void from_cls(const AttendBackward<T>& clip, float scale, HeadScratch& head) {
  const std::size_t dim = clip.head_dim, keys = 1 + clip.groups.groups * clip.groups.size;
  const auto key = [](const ClipHead<const T>& head, std::size_t i) { return i == 0 ? head.cls : head.patch(i - 1); };
  widen(clip.q.cls, scale, dim, head.cls_q);
  widen(clip.out_gradient.cls, 1, dim, head.cls_out_gradient);
  for (std::size_t i = 0; i < keys; ++i) {
    head.cls_weights[i] = dot_of_rows(head.cls_q, key(clip.k, i), dim);
    head.cls_score_gradients[i] = dot_of_rows(head.cls_out_gradient, key(clip.v, i), dim);
  }
  const float sum = exponentials(head.cls_weights, keys);
  widen(head.cls_weights, 1 / sum, keys, head.cls_weights);
  softmax_backward(head.cls_weights, keys, head.cls_score_gradients);
  std::fill(head.cls_q_gradient, head.cls_q_gradient + dim, 0.0F);
  for (std::size_t i = 0; i < keys; ++i) {
    add_scaled(key(clip.k, i), head.cls_score_gradients[i], dim, head.cls_q_gradient);
  }
  widen(head.cls_q_gradient, scale, dim, clip.q_gradient.cls);
  widen(head.cls_q, head.cls_score_gradients[0], dim, head.cls_k_gradient);
  widen(head.cls_out_gradient, head.cls_weights[0], dim, head.cls_v_gradient);
}

// A group's tokens as float matrices: queries, and keys and values with CLS before them.
template <class T>
void read_group(const AttendBackward<T>& clip, std::size_t first, float scale, HeadScratch& head) {
  const std::size_t dim = clip.head_dim, size = clip.groups.size;
  for (std::size_t i = 0; i <= size; ++i) {
    const std::size_t row = i == 0 ? 0 : first + (i - 1) * clip.groups.step;
    const T *k = i == 0 ? clip.k.cls : clip.k.patch(row), *v = i == 0 ? clip.v.cls : clip.v.patch(row);
    widen(k, 1, dim, head.k + i * head.wide);
    lay_column(k, dim, head.k_columns + i, head.many);
    lay_column(v, dim, head.v_columns + i, head.many);
    if (i == 0) continue;
    widen(clip.q.patch(row), scale, dim, head.q + (i - 1) * head.wide);
    widen(clip.out_gradient.patch(row), 1, dim, head.out_gradient + (i - 1) * head.wide);
  }
}

// With weights P, result P V and its gradient dO:  dV = P^T dO,  dS = softmax'(dO V^T),  dQ = dS K,  dK = dS^T Q.
void group_backward(std::size_t dim, std::size_t size, HeadScratch& head) {
  const std::size_t keys = size + 1, wide = head.wide, many = head.many;
  std::fill(head.k_gradient, head.k_gradient + keys * wide, 0.0F);
  std::fill(head.v_gradient, head.v_gradient + keys * wide, 0.0F);
  for (std::size_t first = 0; first < size; first += kQueriesAtOnce) {
    const std::size_t rows = std::min(kQueriesAtOnce, size - first);
    const float *q = head.q + first * wide, *out_gradient = head.out_gradient + first * wide;
    small_product<Product::kSet>({q, wide, 1}, {head.k_columns, many}, rows, dim, keys, {head.weights, many});
    small_product<Product::kSet>({out_gradient, wide, 1}, {head.v_columns, many}, rows, dim, keys,
                                 {head.score_gradients, many});
    for (std::size_t i = 0; i < rows; ++i) {
      float* weights = head.weights + i * many;
      const float sum = exponentials(weights, keys);
      widen(weights, 1 / sum, keys, weights);
      softmax_backward(weights, keys, head.score_gradients + i * many);
    }
    small_product<Product::kAdd>({head.weights, 1, many}, {out_gradient, wide}, keys, rows, dim,
                                 {head.v_gradient, wide});
    small_product<Product::kSet>({head.score_gradients, many, 1}, {head.k, wide}, rows, keys, dim,
                                 {head.q_gradient + first * wide, wide});
    small_product<Product::kAdd>({head.score_gradients, 1, many}, {q, wide}, keys, rows, dim, {head.k_gradient, wide});
  }
}

// The group's gradients with what the CLS query adds to them; those of the CLS key and value are summed up.
template <class T>
void write_group(const AttendBackward<T>& clip, std::size_t first, float scale, HeadScratch& head) {
  const std::size_t dim = clip.head_dim;
  add_scaled(head.k_gradient, 1, dim, head.cls_k_gradient);
  add_scaled(head.v_gradient, 1, dim, head.cls_v_gradient);
  for (std::size_t i = 0; i < clip.groups.size; ++i) {
    const std::size_t row = first + i * clip.groups.step;
    float *k = head.k_gradient + (i + 1) * head.wide, *v = head.v_gradient + (i + 1) * head.wide;
    add_scaled(head.cls_q, head.cls_score_gradients[1 + row], dim, k);
    add_scaled(head.cls_out_gradient, head.cls_weights[1 + row], dim, v);
    widen(head.q_gradient + i * head.wide, scale, dim, clip.q_gradient.patch(row));
    widen(k, 1, dim, clip.k_gradient.patch(row));
    widen(v, 1, dim, clip.v_gradient.patch(row));
  }
}

template <class T>
void clip_backward(const AttendBackward<T>& clip, AttendScratch& scratch) {
  const float scale = 1 / std::sqrt(static_cast<float>(clip.head_dim));
  HeadScratch head = head_scratch(clip.head_dim, clip.groups, scratch);
  from_cls(clip, scale, head);
  for (std::size_t group = 0; group < clip.groups.groups; ++group) {
    const std::size_t first = group * clip.groups.group_step;
    read_group(clip, first, scale, head);
    group_backward(clip.head_dim, clip.groups.size, head);
    write_group(clip, first, scale, head);
  }
  widen(head.cls_k_gradient, 1, clip.head_dim, clip.k_gradient.cls);
  widen(head.cls_v_gradient, 1, clip.head_dim, clip.v_gradient.cls);
}

void attend_backward_float32(const AttendBackward<float>& clip, AttendScratch& scratch) {
  clip_backward(clip, scratch);
}
void attend_backward_bfloat16(const AttendBackward<Bfloat16>& clip, AttendScratch& scratch) {
  clip_backward(clip, scratch);
}

}  // namespace
}  // namespace tvts::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tvts {

HWY_EXPORT(attend_backward_float32);
HWY_EXPORT(attend_backward_bfloat16);

void attend_backward(const AttendBackward<float>& clip, AttendScratch& scratch) {
  HWY_DYNAMIC_DISPATCH(attend_backward_float32)(clip, scratch);
}
void attend_backward(const AttendBackward<Bfloat16>& clip, AttendScratch& scratch) {
  HWY_DYNAMIC_DISPATCH(attend_backward_bfloat16)(clip, scratch);
}

}  // namespace tvts
#endif
