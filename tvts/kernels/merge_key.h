// One more key for an attention that has been computed without it.
#pragma once

#include <cstddef>

#include "tvts/kernels/bfloat16.h"

namespace tvts {

// Rows of `heads` heads beside each other, [rows, heads * head_dim].
template <class T>
struct MergeKey {
  const T* attended;         // over the other keys; rows follow each other
  const float* log_sum_exp;  // [rows, heads]: of the scores of the other keys
  const T* q;                // rows q_stride numbers apart
  std::size_t q_stride;
  const T *k, *v;  // the key and its value, of all heads
  std::size_t rows, heads, head_dim;
  T* out;  // rows follow each other
};

// With s = q k^T / sqrt(head_dim) and w = sigmoid(s - log_sum_exp): out = (1 - w) attended + w v, which is softmax
// attention over all keys.
void merge_key(const MergeKey<float>& group);
void merge_key(const MergeKey<Bfloat16>& group);

}  // namespace tvts
