#include "tvts/kernels/panel_product.h"

#include <algorithm>
#include <memory>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tvts/kernels/panel_product.cpp"
#include <hwy/foreach_target.h>  // compiles this file once for each instruction set
#include <hwy/highway.h>

#include "tvts/kernels/small_product-inl.h"

HWY_BEFORE_NAMESPACE();
namespace tvts::HWY_NAMESPACE {
namespace {

// Sizes of the blocks: a panel's part of kDepth inputs stays in the first cache while the tiles of kBlockRows rows pass
// by; these tiles and kBlockOutputs outputs of their rows stay in the second. Sums run over the inputs in their order
// whatever the sizes are.
constexpr std::size_t kDepth = 256;
constexpr std::size_t kBlockRows = 32 * kTileRows;
constexpr std::size_t kBlockOutputs = 256;

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

// y [rows, columns] += tile panel, for a tile or panel that is cut by y's borders: the same sums in the same order.
void add_part(const float* tile, const float* panel, std::size_t depth, std::size_t rows, std::size_t columns,
              PaddedRows<float> y) {
  const std::size_t width = panel_width();
  float whole[kTileRows * kTileVectors * hn::MaxLanes(Lanes())] = {};
  for (std::size_t i = 0; i < rows; ++i) std::copy_n(y.first + i * y.row, columns, whole + i * width);
  product_tile<Product::kAdd, kTileRows, kTileVectors>({tile, 1, kTileRows}, {panel, width}, depth, {whole, width});
  for (std::size_t i = 0; i < rows; ++i) std::copy_n(whole + i * width, columns, y.first + i * y.row);
}

// y of a block of rows += its tiles times one panel.
void add_panel(const float* tiles, const float* panel, std::size_t depth, std::size_t rows, std::size_t columns,
               PaddedRows<float> y) {
  const std::size_t width = panel_width();
  for (std::size_t first = 0; first < rows; first += kTileRows, tiles += kTileRows * depth) {
    const PaddedRows<float> to = {y.first + first * y.row, y.row};
    if (first + kTileRows <= rows && columns == width) {
      product_tile<Product::kAdd, kTileRows, kTileVectors>({tiles, 1, kTileRows}, {panel, width}, depth, to);
    } else {
      add_part(tiles, panel, depth, std::min(kTileRows, rows - first), columns, to);
    }
  }
}

void begin_with_bias(const PanelProduct& product, std::size_t row, std::size_t rows) {
  float* y = product.y + row * product.outputs;
  for (std::size_t i = 0; i < rows; ++i, y += product.outputs) {
    if (product.bias != nullptr) {
      std::copy_n(product.bias, product.outputs, y);
    } else {
      std::fill_n(y, product.outputs, 0.0F);
    }
  }
}

void multiply(const PanelProduct& product) {
  const std::size_t width = panel_width(), inputs = product.inputs, outputs = product.outputs;
  const auto up_to_tiles = [](std::size_t rows) { return (rows + kTileRows - 1) / kTileRows * kTileRows; };
  const auto tiles = std::make_unique_for_overwrite<float[]>(up_to_tiles(std::min(kBlockRows, product.rows)) * inputs);
  for (std::size_t row = 0; row < product.rows; row += kBlockRows) {
    const std::size_t rows = std::min(kBlockRows, product.rows - row);
    const auto tiles_from = [&](std::size_t k) { return tiles.get() + up_to_tiles(rows) * k; };
    begin_with_bias(product, row, rows);
    for (std::size_t k = 0; k < inputs; k += kDepth) {
      pack_tiles(product.x + row * inputs + k, inputs, rows, std::min(kDepth, inputs - k), tiles_from(k));
    }
    for (std::size_t block = 0; block < outputs; block += kBlockOutputs) {
      for (std::size_t k = 0; k < inputs; k += kDepth) {
        for (std::size_t first = block; first < std::min(block + kBlockOutputs, outputs); first += width) {
          add_panel(tiles_from(k), product.panels + first * inputs + k * width, std::min(kDepth, inputs - k), rows,
                    std::min(width, outputs - first), {product.y + row * outputs + first, outputs});
        }
      }
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
