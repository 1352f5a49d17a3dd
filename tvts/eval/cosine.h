// Cosine similarity of features.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace tvts {

// a: [A, dim], b: [B, dim] to [A, B]. A norm counts as at least 1e-8, so that a feature of zeros is similar to nothing.
// Throws Error(kInput) where the sizes are no multiple of dim.
std::vector<float> cosine_similarity(std::span<const float> a, std::span<const float> b, std::size_t dim);

}  // namespace tvts
