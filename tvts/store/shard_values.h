// The numbers of a store: float32 [rows, E], every one finite.
#pragma once

#include <cstddef>
#include <string>

#include "tvts/core/npy.h"

namespace tvts {

// Throws Error(kInput) naming the file when it cannot be read or holds another array.
MappedNpy map_rows(const std::string& path);

bool is_finite(const float* values, std::size_t size);

// Throws Error(kInput) when the file has another shape than [lines of its metadata, dim] or a value that is not finite.
void check_values(const std::string& path, const std::string& metadata, std::size_t lines, std::size_t dim);

}  // namespace tvts
