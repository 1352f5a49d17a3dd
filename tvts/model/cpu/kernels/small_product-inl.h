// Products of small float matrices that lie in a core's cache, for the instruction set being compiled. Included by
// kernels' sources after hwy/foreach_target.h.
#if defined(TVTS_KERNELS_SMALL_PRODUCT_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef TVTS_KERNELS_SMALL_PRODUCT_INL_H_
#undef TVTS_KERNELS_SMALL_PRODUCT_INL_H_
#else
#define TVTS_KERNELS_SMALL_PRODUCT_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>

#include "tvts/model/cpu/kernels/padding.h"
#include "tvts/model/cpu/kernels/rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tvts::HWY_NAMESPACE {

// The left factor: number (i, j) is at first[i * row + j * column].
struct LeftFactor {
  const float* first;
  std::size_t row, column;
};

// Numbers in rows, `row` apart, a multiple of kRowPadding.
template <class Number>
struct PaddedRows {
  Number* first;
  std::size_t row;
};

enum class Product { kSet, kAdd };  // c = a b, c = c + a b

// As many sums as registers hold beside the factors.
constexpr std::size_t kTileRows = 6;
constexpr std::size_t kTileVectors = hn::MaxLanes(Lanes()) >= 16 ? 4 : 2;

// c = start + a b, where `start` may be c itself, or one row for all (its `row` is 0 then).
template <Product product, std::size_t rows, std::size_t vectors>
HWY_INLINE void product_tile(LeftFactor a, PaddedRows<const float> b, std::size_t depth, PaddedRows<const float> start,
                             PaddedRows<float> c) {
  const Lanes d;
  const std::size_t step = hn::Lanes(d);
  hn::Vec<Lanes> sums[rows][vectors];
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < vectors; ++j) {
      sums[i][j] = product == Product::kAdd ? hn::LoadU(d, start.first + i * start.row + j * step) : hn::Zero(d);
    }
  }
  for (std::size_t k = 0; k < depth; ++k) {
    hn::Vec<Lanes> right[vectors];
    for (std::size_t j = 0; j < vectors; ++j) right[j] = hn::LoadU(d, b.first + k * b.row + j * step);
    for (std::size_t i = 0; i < rows; ++i) {
      const auto left = hn::Set(d, a.first[i * a.row + k * a.column]);
      for (std::size_t j = 0; j < vectors; ++j) sums[i][j] = hn::MulAdd(left, right[j], sums[i][j]);
    }
  }
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < vectors; ++j) hn::StoreU(sums[i][j], d, c.first + i * c.row + j * step);
  }
}

template <Product product, std::size_t rows, std::size_t vectors>
HWY_INLINE void product_tile(LeftFactor a, PaddedRows<const float> b, std::size_t depth, PaddedRows<float> c) {
  product_tile<product, rows, vectors>(a, b, depth, {c.first, c.row}, c);
}

template <Product product, std::size_t vectors>
HWY_INLINE void product_of_columns(LeftFactor a, PaddedRows<const float> b, std::size_t rows, std::size_t depth,
                                   PaddedRows<float> c) {
  std::size_t i = 0;
  const auto from = [&](std::size_t row) HWY_ATTR { return LeftFactor{a.first + row * a.row, a.row, a.column}; };
  const auto to = [&](std::size_t row) HWY_ATTR { return PaddedRows<float>{c.first + row * c.row, c.row}; };
  for (; i + kTileRows <= rows; i += kTileRows) product_tile<product, kTileRows, vectors>(from(i), b, depth, to(i));
  for (; i + 2 <= rows; i += 2) product_tile<product, 2, vectors>(from(i), b, depth, to(i));
  if (i < rows) product_tile<product, 1, vectors>(from(i), b, depth, to(i));
}

// a [rows, depth], b [depth, width], c [rows, width]; padding of b's rows goes into that of c's.
template <Product product>
HWY_INLINE void small_product(LeftFactor a, PaddedRows<const float> b, std::size_t rows, std::size_t depth,
                              std::size_t width, PaddedRows<float> c) {
  const std::size_t step = hn::Lanes(Lanes()), tile = kTileVectors * step;
  const auto right = [&](std::size_t at) HWY_ATTR { return PaddedRows<const float>{b.first + at, b.row}; };
  const auto to = [&](std::size_t at) HWY_ATTR { return PaddedRows<float>{c.first + at, c.row}; };
  std::size_t at = 0;
  for (; at + tile <= padded(width); at += tile) {
    product_of_columns<product, kTileVectors>(a, right(at), rows, depth, to(at));
  }
  for (; at < width; at += step) product_of_columns<product, 1>(a, right(at), rows, depth, to(at));
}

}  // namespace tvts::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
