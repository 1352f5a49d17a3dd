// The gradient of divided attention (paper 3.1) for one head of one clip.
#pragma once

#include <cstddef>

#include "tvts/model/cpu/kernels/attend.h"

namespace tvts {

// A head's rows of a clip: the CLS token's, and its patches'.
template <class T>
struct ClipHead {
  T* cls;
  T* patches;
  std::size_t stride;  // numbers between rows

  T* patch(std::size_t row) const { return patches + row * stride; }
};

template <class T>
struct AttendBackward {
  ClipHead<const T> q, k, v, out_gradient;
  PatchGroups groups;
  std::size_t head_dim;
  ClipHead<T> q_gradient, k_gradient, v_gradient;  // written
};

// Computes from the gradient of attention's result those of its queries, keys and values, where a patch attends to CLS
// and its group, and CLS to all. The weights are computed again; in float32.
void attend_backward(const AttendBackward<float>& clip, AttendScratch& scratch);
void attend_backward(const AttendBackward<Bfloat16>& clip, AttendScratch& scratch);

}  // namespace tvts
