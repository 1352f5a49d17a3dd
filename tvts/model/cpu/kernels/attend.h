// Attention within a group of tokens: the patches of a frame, a cell over time, the CLS token (one query, all tokens of
// a clip), a text (causal, its own length).
#pragma once

#include <cstddef>
#include <vector>

#include "tvts/model/cpu/kernels/bfloat16.h"

namespace tvts {

// Rows of head_dim numbers, `stride` numbers apart.
template <class T>
struct HeadRows {
  const T* first;
  std::size_t stride;
};

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

// One head of one group of tokens that attend to each other.
template <class T>
struct Attend {
  HeadRows<T> q, k, v;
  const T *cls_k, *cls_v;     // a key and its value before the others, or null
  std::size_t queries, keys;  // keys: without the CLS key
  std::size_t head_dim;
  bool causal;  // query i sees keys 0 to i (and the CLS key); else all
  T* out;       // [queries] rows, out_stride numbers apart
  std::size_t out_stride;

  KeyRows<T> all_keys() const { return {cls_k, k}; }
  KeyRows<T> all_values() const { return {cls_v, v}; }
  std::size_t key_count() const { return (cls_k != nullptr ? 1 : 0) + keys; }
};

// Patches that attend to each other: group g has the rows g * group_step + i * step, i < size.
struct PatchGroups {
  std::size_t groups, size;
  std::size_t group_step, step;
};

// Memory that a thread keeps from one call of attend() to the next.
using AttendScratch = std::vector<float>;

// out = softmax(q k^T / sqrt(head_dim)) v, computed in float32.
void attend(const Attend<float>& group, AttendScratch& scratch);
void attend(const Attend<Bfloat16>& group, AttendScratch& scratch);

}  // namespace tvts
