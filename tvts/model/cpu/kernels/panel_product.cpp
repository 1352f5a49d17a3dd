#include "tvts/model/cpu/kernels/panel_product.h"

#include <algorithm>
#include <memory>
#include <vector>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tvts/model/cpu/kernels/panel_product.cpp"
#include <hwy/foreach_target.h>  // compiles this file once for each instruction set
#include <hwy/highway.h>

#include "tvts/model/cpu/kernels/prefetch.h"
#include "tvts/model/cpu/kernels/small_product-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tvts::HWY_NAMESPACE {
namespace {

// Sizes of the blocks: a panel's part of kDepth inputs stays in the first cache while the tiles of a block of rows pass
// by; these tiles and kBlockOutputs outputs of their rows stay in the second. Sums run over the inputs in their order
// whatever the sizes are.
constexpr std::size_t kDepth = 384;
constexpr std::size_t kMostRows = 32 * kTileRows;
constexpr std::size_t kBlockOutputs = 128;

std::size_t panel_width() { return kTileVectors * hn::Lanes(Lanes()); }

std::size_t panels_of(std::size_t outputs) { return (outputs + panel_width() - 1) / panel_width(); }

std::size_t floats_of_panels(std::size_t outputs, std::size_t inputs) {
  return panels_of(outputs) * panel_width() * inputs;
}

void pack(const float* weight, std::size_t outputs, std::size_t inputs, float* panels) {
  const std::size_t width = panel_width();
  for (std::size_t first = 0; first < outputs; first += width, panels += width * inputs) {
    for (std::size_t j = 0; j < width; ++j) {
      const float* row = weight + (first + j) * inputs;
      for (std::size_t k = 0; k < inputs; ++k) panels[k * width + j] = first + j < outputs ? row[k] : 0;
    }
  }
}

std::size_t up_to_tiles(std::size_t rows) { return (rows + kTileRows - 1) / kTileRows * kTileRows; }

// x [rows, depth], rows `row` apart, in tiles, each stored input by input; what the last tile lacks of rows is zero.
void pack_tiles(const float* x, std::size_t row, std::size_t rows, std::size_t depth, float* tiles) {
  for (std::size_t first = 0; first < rows; first += kTileRows, tiles += kTileRows * depth) {
    for (std::size_t i = 0; i < kTileRows; ++i) {
      if (first + i >= rows) {
        for (std::size_t k = 0; k < depth; ++k) tiles[k * kTileRows + i] = 0;
        continue;
      }
      const float* from = x + (first + i) * row;
      for (std::size_t k = 0; k < depth; ++k) tiles[k * kTileRows + i] = from[k];
    }
  }
}

// y [rows, columns] = start + tile panel, for a tile or panel that is cut by y's borders: the same sums in the same
// order.
void multiply_cut_tile(const float* tile, const float* panel, std::size_t depth, std::size_t rows, std::size_t columns,
                       PaddedRows<const float> start, PaddedRows<float> y) {
  const std::size_t width = panel_width();
  float whole[kTileRows * kTileVectors * hn::MaxLanes(Lanes())] = {};
  for (std::size_t i = 0; i < rows; ++i) std::copy_n(start.first + i * start.row, columns, whole + i * width);
  product_tile<Product::kAdd, kTileRows, kTileVectors>({tile, 1, kTileRows}, {panel, width}, depth, {whole, width});
  for (std::size_t i = 0; i < rows; ++i) std::copy_n(whole + i * width, columns, y.first + i * y.row);
}

// One panel's part of some inputs.
struct Part {
  std::size_t first_output, first_input, depth;
};

std::vector<Part> parts_in_order(std::size_t inputs, std::size_t outputs) {
  std::vector<Part> parts;
  for (std::size_t block = 0; block < outputs; block += kBlockOutputs) {
    for (std::size_t k = 0; k < inputs; k += kDepth) {
      for (std::size_t first = block; first < std::min(block + kBlockOutputs, outputs); first += panel_width()) {
        parts.push_back({first, k, std::min(kDepth, inputs - k)});
      }
    }
  }
  return parts;
}

// y of a block of rows = start + its tiles times one part of a panel. Meanwhile the numbers of the next part are
// prefetched: weights come from memory, and where a part ends the CPU does not look ahead by itself.
void multiply_part(const float* tiles, const float* panel, std::size_t depth, std::size_t rows, std::size_t columns,
                   PaddedRows<const float> start, PaddedRows<float> y, const float* next) {
  const std::size_t width = panel_width(), share = depth * width * kTileRows / up_to_tiles(rows);
  for (std::size_t first = 0; first < rows; first += kTileRows, tiles += kTileRows * depth, next += share) {
    const PaddedRows<const float> from = {start.first + first * start.row, start.row};
    const PaddedRows<float> to = {y.first + first * y.row, y.row};
    prefetch_row<2>(next, share);
    if (first + kTileRows <= rows && columns == width) {
      product_tile<Product::kAdd, kTileRows, kTileVectors>({tiles, 1, kTileRows}, {panel, width}, depth, from, to);
    } else {
      multiply_cut_tile(tiles, panel, depth, std::min(kTileRows, rows - first), columns, from, to);
    }
  }
}

// Sums begin with the bias and go on from y.
void multiply(const PanelProduct& product) {
  const std::size_t width = panel_width(), inputs = product.inputs, outputs = product.outputs;
  if (product.rows == 0) return;
  const std::size_t blocks = (product.rows + kMostRows - 1) / kMostRows;
  const std::size_t block_rows = up_to_tiles((product.rows + blocks - 1) / blocks);
  const auto tiles = std::make_unique_for_overwrite<float[]>(block_rows * inputs);
  const std::vector<Part> parts = parts_in_order(inputs, outputs);
  const auto panel_of = [&](const Part& part) {
    return product.panels + part.first_output * inputs + part.first_input * width;
  };
  constexpr float kNoBias[kTileVectors * hn::MaxLanes(Lanes())] = {};
  for (std::size_t row = 0; row < product.rows; row += block_rows) {
    const std::size_t rows = std::min(block_rows, product.rows - row);
    const auto tiles_from = [&](std::size_t input) { return tiles.get() + up_to_tiles(rows) * input; };
    for (std::size_t k = 0; k < inputs; k += kDepth) {
      pack_tiles(product.x + row * inputs + k, inputs, rows, std::min(kDepth, inputs - k), tiles_from(k));
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const Part& part = parts[i];
      const PaddedRows<float> y = {product.y + row * outputs + part.first_output, outputs};
      const float* bias = product.bias != nullptr ? product.bias + part.first_output : kNoBias;
      const PaddedRows<const float> start =
          part.first_input > 0 ? PaddedRows<const float>{y.first, y.row} : PaddedRows<const float>{bias, 0};
      multiply_part(tiles_from(part.first_input), panel_of(part), part.depth, rows,
                    std::min(width, outputs - part.first_output), start, y, panel_of(parts[(i + 1) % parts.size()]));
    }
  }
}

}  // namespace
}  // namespace tvts::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace tvts {

HWY_EXPORT(floats_of_panels);
HWY_EXPORT(pack);
HWY_EXPORT(multiply);

std::size_t panel_floats(std::size_t outputs, std::size_t inputs) {
  return HWY_DYNAMIC_DISPATCH(floats_of_panels)(outputs, inputs);
}
void pack_panels(const float* weight, std::size_t outputs, std::size_t inputs, float* panels) {
  HWY_DYNAMIC_DISPATCH(pack)(weight, outputs, inputs, panels);
}
void multiply_panels(const PanelProduct& product) { HWY_DYNAMIC_DISPATCH(multiply)(product); }

}  // namespace tvts
#endif
