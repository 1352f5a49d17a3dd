#include "tvts/model/weights/tensor.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "tvts/core/error.h"

namespace tvts {
namespace {

constexpr int64_t kMostElements = int64_t{1} << 59;  // times eight bytes: no sum or product of ours wraps

struct DTypeFacts {
  DType dtype;
  const char* name;
  std::size_t size;
};
constexpr DTypeFacts kFacts[] = {{DType::F64, "F64", 8},   {DType::F32, "F32", 4}, {DType::F16, "F16", 2},
                                 {DType::BF16, "BF16", 2}, {DType::I64, "I64", 8}, {DType::I32, "I32", 4},
                                 {DType::I16, "I16", 2},   {DType::I8, "I8", 1},   {DType::U8, "U8", 1},
                                 {DType::BOOL, "BOOL", 1}};

const DTypeFacts& facts(DType dtype) {
  const DTypeFacts& found = kFacts[static_cast<std::size_t>(dtype)];
  TVTS_ASSERT(found.dtype == dtype);
  return found;
}

// Exponent and fraction move to their positions in a float; the product with 2^112 then corrects the bias, of
// subnormals too.
float half_to_float(uint16_t half) {
  const uint32_t sign = static_cast<uint32_t>(half & 0x8000) << 16;
  const bool is_special = (half & 0x7c00) == 0x7c00;  // infinity or not a number
  const uint32_t moved = static_cast<uint32_t>(half & 0x7fff) << 13;
  const uint32_t magnitude =
      is_special ? moved | 0x7f800000 : std::bit_cast<uint32_t>(std::bit_cast<float>(moved) * 0x1p112F);
  return std::bit_cast<float>(sign | magnitude);
}

float bfloat16_to_float(uint16_t value) { return std::bit_cast<float>(static_cast<uint32_t>(value) << 16); }

template <class Stored>
Stored load(const std::byte* from) {
  Stored value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

float float_at(DType dtype, const std::byte* from) {
  switch (dtype) {
    case DType::F64: return static_cast<float>(load<double>(from));
    case DType::F32: return load<float>(from);
    case DType::F16: return half_to_float(load<uint16_t>(from));
    case DType::BF16: return bfloat16_to_float(load<uint16_t>(from));
    default: TVTS_ASSERT(!"a floating type"); return 0;
  }
}

// One run along the last axis, `stride` bytes apart.
void copy_row(DType dtype, const std::byte* from, int64_t stride, std::span<float> out) {
  if (dtype == DType::F32 && stride == 4) {
    std::memcpy(out.data(), from, out.size_bytes());
    return;
  }
  for (float& value : out) {
    value = float_at(dtype, from);
    from += stride;
  }
}

// Steps the index of the outer axes, last one fastest.
void advance(Shape& index, const Shape& shape) {
  for (std::size_t axis = index.size(); axis-- > 0;) {
    if (++index[axis] < shape[axis]) return;
    index[axis] = 0;
  }
}

void copy_strided(const TensorView& view, std::span<float> out) {
  const auto size = static_cast<int64_t>(byte_size(view.dtype));
  const int64_t row = view.shape.back();
  Shape index(view.shape.size() - 1, 0);
  for (std::size_t done = 0; done < out.size(); done += static_cast<std::size_t>(row)) {
    int64_t offset = 0;
    for (std::size_t axis = 0; axis < index.size(); ++axis) offset += index[axis] * view.strides[axis];
    copy_row(view.dtype, view.storage.data() + offset * size, view.strides.back() * size,
             out.subspan(done, static_cast<std::size_t>(row)));
    advance(index, view.shape);
  }
}

}  // namespace

std::size_t byte_size(DType dtype) { return facts(dtype).size; }
std::string to_string(DType dtype) { return facts(dtype).name; }
bool is_floating(DType dtype) { return dtype <= DType::BF16; }

std::string to_string(const Shape& shape) {
  std::string text = "[";
  for (std::size_t axis = 0; axis < shape.size(); ++axis) text += (axis == 0 ? "" : ", ") + std::to_string(shape[axis]);
  return text + "]";
}

int64_t element_count(const Shape& shape) {
  int64_t limited = 1;  // empty axes count as one here, so that strides cannot wrap either
  bool empty = false;
  for (const int64_t size : shape) {
    if (size < 0) fail_input("a tensor of shape ", to_string(shape), ": sizes are not negative");
    if (size > 0 && limited > kMostElements / size)
      fail_input("a tensor of shape ", to_string(shape), " fits no machine");
    limited *= std::max<int64_t>(size, 1);
    empty = empty || size == 0;
  }
  return empty ? 0 : limited;
}

Shape contiguous_strides(const Shape& shape) {
  Shape strides(shape.size(), 1);
  for (std::size_t axis = shape.size(); axis-- > 1;)
    strides[axis - 1] = strides[axis] * std::max<int64_t>(shape[axis], 1);
  return strides;
}

bool TensorView::is_contiguous() const {
  int64_t stride = 1;
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    if (shape[axis] == 0) return true;
    if (shape[axis] != 1 && strides[axis] != stride) return false;
    stride *= shape[axis];
  }
  return true;
}

void require_inside_storage(const TensorView& view, const std::string& what) {
  if (view.strides.size() != view.shape.size())
    fail_input(what, " has as many strides as axes? No: the file is damaged");
  if (element_count(view.shape) == 0) return;
  const auto stored = static_cast<int64_t>(view.storage.size() / byte_size(view.dtype));
  int64_t last = 0;  // the farthest element; below `stored`, which is below 2^62, at every step
  for (std::size_t axis = 0; axis < view.shape.size(); ++axis) {
    const int64_t steps = view.shape[axis] - 1;
    const int64_t stride = view.strides[axis];
    const bool outside = stride < 0 || (steps > 0 && stride > (stored - 1 - last) / steps);
    if (stored == 0 || outside) {
      fail_input(what, " of shape ", to_string(view.shape), " and strides ", to_string(view.strides),
                 " reaches outside its ", stored, " stored elements: the file is damaged");
    }
    last += steps * stride;
  }
  if (stored == 0) fail_input(what, " has no stored element: the file is damaged");
}

TensorView transposed(TensorView view) {
  TVTS_ASSERT(view.shape.size() == 2);
  std::swap(view.shape[0], view.shape[1]);
  std::swap(view.strides[0], view.strides[1]);
  return view;
}

Shape TensorParts::shape() const {
  Shape shape = parts.front().shape;
  for (std::size_t part = 1; part < parts.size(); ++part) shape.at(0) += parts[part].shape.at(0);
  return shape;
}

void copy_to_float(const TensorView& tensor, std::span<float> out) {
  TVTS_ASSERT(static_cast<std::size_t>(element_count(tensor.shape)) == out.size() && is_floating(tensor.dtype));
  if (out.empty()) return;
  if (tensor.is_contiguous()) {
    copy_row(tensor.dtype, tensor.storage.data(), static_cast<int64_t>(byte_size(tensor.dtype)), out);
  } else {
    copy_strided(tensor, out);
  }
}

void copy_to_float(const TensorParts& tensor, std::span<float> out) {
  for (const TensorView& part : tensor.parts) {
    const auto size = static_cast<std::size_t>(element_count(part.shape));
    TVTS_ASSERT(size <= out.size());
    copy_to_float(part, out.first(size));
    out = out.subspan(size);
  }
  TVTS_ASSERT(out.empty());
}

}  // namespace tvts
