// The npy files of a store: float32 [rows, E], C order.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "tvts/core/mapped_file.h"

namespace tvts {

struct FloatRows {
  std::size_t rows = 0;
  std::size_t dim = 0;          // E
  const float* data = nullptr;  // [rows, E], in the mapped file
};

// What precedes the numbers, padded so that they start at a multiple of 64 bytes.
std::string npy_header(std::size_t rows, std::size_t dim);

// Throws Error(kInput) naming the file: no npy file, other numbers than float32 [rows, E], shorter or longer than that.
FloatRows read_float_rows(const MappedFile& file);

}  // namespace tvts
