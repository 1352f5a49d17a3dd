#include "tvts/model/weights/tensor.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "tests/support/error_text.h"

namespace tvts {
namespace {

template <class Stored>
TensorView view_of(const std::vector<Stored>& values, DType dtype, Shape shape) {
  const Shape strides = contiguous_strides(shape);
  return {dtype, std::move(shape), strides, std::as_bytes(std::span(values))};
}

std::vector<float> floats_of(const TensorView& view) {
  std::vector<float> out(static_cast<std::size_t>(element_count(view.shape)));
  copy_to_float(view, out);
  return out;
}

TEST(Tensor, ConvertsEveryKindOfHalfFloatExactly) {
  const std::vector<uint16_t> halves = {0x0000, 0x8000, 0x3c00, 0xc000, 0x7bff, 0x0001, 0x03ff, 0x0400, 0x7c00, 0xfc00};
  const float infinity = std::numeric_limits<float>::infinity();
  const std::vector<float> expected = {0.0F,     -0.0F,           1.0F,     -2.0F,    65504.0F,
                                       0x1p-24F, 1023 * 0x1p-24F, 0x1p-14F, infinity, -infinity};
  EXPECT_EQ(floats_of(view_of(halves, DType::F16, {10})), expected);
  EXPECT_TRUE(std::isnan(floats_of(view_of(std::vector<uint16_t>{0x7e01}, DType::F16, {1}))[0]));
}

TEST(Tensor, ConvertsBfloat16AndDouble) {
  EXPECT_EQ(floats_of(view_of(std::vector<uint16_t>{0x3f80, 0xc040}, DType::BF16, {2})), (std::vector<float>{1, -3}));
  EXPECT_EQ(floats_of(view_of(std::vector<double>{0.5, -7}, DType::F64, {2})), (std::vector<float>{0.5, -7}));
}

TEST(Tensor, ReadsATransposedViewInItsOwnOrder) {
  const std::vector<float> values = {1, 2, 3, 4, 5, 6};
  EXPECT_EQ(floats_of(transposed(view_of(values, DType::F32, {2, 3}))), (std::vector<float>{1, 4, 2, 5, 3, 6}));
}

TEST(Tensor, ReadsFourAxesWithAnyStrides) {
  std::vector<float> values(2 * 3 * 4 * 5);
  std::iota(values.begin(), values.end(), 0.0F);
  const TensorView view{DType::F32, {2, 3, 4, 5}, {60, 1, 15, 3}, std::as_bytes(std::span(values))};  // channels last
  const std::vector<float> out = floats_of(view);
  std::size_t next = 0;
  for (int a = 0; a < 2; ++a)
    for (int b = 0; b < 3; ++b)
      for (int c = 0; c < 4; ++c)
        for (int d = 0; d < 5; ++d) EXPECT_EQ(out[next++], static_cast<float>(60 * a + b + 15 * c + 3 * d));
}

TEST(Tensor, JoinsPartsAlongTheFirstAxis) {
  const std::vector<float> q = {1, 2}, k = {3, 4}, v = {5, 6};
  const TensorParts parts{
      {view_of(q, DType::F32, {1, 2}), view_of(k, DType::F32, {1, 2}), view_of(v, DType::F32, {1, 2})}};
  std::vector<float> out(6);
  copy_to_float(parts, out);
  EXPECT_EQ(parts.shape(), (Shape{3, 2}));
  EXPECT_EQ(out, (std::vector<float>{1, 2, 3, 4, 5, 6}));
}

TEST(Tensor, ReadsFromAnyAddress) {
  const std::vector<float> value = {1.5F};
  std::vector<std::byte> bytes(7);
  std::copy_n(std::as_bytes(std::span(value)).begin(), 4, bytes.begin() + 3);
  EXPECT_EQ(floats_of({DType::F32, {1}, {1}, Bytes(bytes).subspan(3)}), value);
}

TEST(Tensor, RefusesViewsThatReachOutsideTheirStorage) {
  const std::vector<float> values(6);
  const Bytes storage = std::as_bytes(std::span(values));
  const auto error = [&](Shape shape, Shape strides) {
    return test::error_text([&] { require_inside_storage({DType::F32, shape, strides, storage}, "t"); });
  };
  EXPECT_EQ(error({2, 3}, {3, 1}), "");
  EXPECT_EQ(error({0, 100}, {100, 1}), "");
  EXPECT_NE(error({2, 3}, {4, 1}), "");
  EXPECT_NE(error({7}, {1}), "");
  EXPECT_NE(error({2}, {-1}), "");
  EXPECT_NE(error({-2}, {1}), "");
  EXPECT_NE(error({2}, {std::numeric_limits<int64_t>::max()}), "");
  EXPECT_NE(error({int64_t{1} << 40, int64_t{1} << 40}, {0, 0}), "");
  EXPECT_NE(error({0, int64_t{1} << 40, int64_t{1} << 40}, {0, 0, 0}), "");
}

}  // namespace
}  // namespace tvts
