// Dot products whose bits do not depend on what is computed beside them.
#pragma once

#include <cstddef>

namespace tvts {

// sum of a[i] b[i] in 16 partial sums that are added pairwise: the same bits whatever the position of the row, the
// thread or the CPU.
float dot(const float* a, const float* b, std::size_t size);

// out[i] = dot(a, row i of rows), for rows: [count, size].
void dots(const float* a, const float* rows, std::size_t count, std::size_t size, float* out);

}  // namespace tvts
