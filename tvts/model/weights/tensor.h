// Tensors as a file holds them: a type, a shape and a position in mapped memory. Nothing is copied until a caller asks
// for numbers.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tvts/core/mapped_file.h"

namespace tvts {

enum class DType { F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL };

std::size_t byte_size(DType dtype);
std::string to_string(DType dtype);  // "F32", as safetensors spells it
bool is_floating(DType dtype);

using Shape = std::vector<int64_t>;

// "[768, 3, 32, 32]"
std::string to_string(const Shape& shape);
// Number of elements. Throws Error(kInput) when a size is negative or the product passes 2^62 bytes.
int64_t element_count(const Shape& shape);
// Row-major strides, in elements.
Shape contiguous_strides(const Shape& shape);

struct TensorView {
  DType dtype = DType::F32;
  Shape shape;
  Shape strides;  // elements
  Bytes storage;  // from the first element on; the mapped file owns it, and it may be unaligned

  bool is_contiguous() const;
};

// Throws Error(kInput) naming `what` unless every element that shape and strides reach lies inside the storage.
void require_inside_storage(const TensorView& view, const std::string& what);

// A 2-D view with its axes exchanged.
TensorView transposed(TensorView view);

// One tensor made of pieces that follow each other along the first axis: q, k and v stored apart.
struct TensorParts {
  std::vector<TensorView> parts;

  Shape shape() const;
  DType dtype() const { return parts.front().dtype; }
};

// Row-major float32 of all parts, one after the other; half, bfloat16 and double are converted (half and bfloat16
// exactly). `out` has exactly as many elements as the tensor; the dtype is a floating one.
void copy_to_float(const TensorParts& tensor, std::span<float> out);
void copy_to_float(const TensorView& tensor, std::span<float> out);

}  // namespace tvts
