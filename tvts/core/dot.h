// Dot products whose bits do not depend on what is computed beside them.
#pragma once

#include <cstddef>

namespace tvts {

// sum of a[i] b[i] in 16 partial sums that are added pairwise: the same bits whatever the row's place or the thread.
float dot(const float* a, const float* b, std::size_t size);

}  // namespace tvts
