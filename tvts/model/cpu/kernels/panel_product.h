// y = x weight^T + bias in float32, with the weight laid out once in panels: groups of as many outputs as a tile of
// registers has columns, each stored input by input. One thread; called for parts of the rows by as many as there are.
#pragma once

#include <cstddef>

namespace tvts {

// Number of floats in the panels of a weight; their width is that of the instruction set in use.
std::size_t panel_floats(std::size_t outputs, std::size_t inputs);

// weight [outputs, inputs]. What a panel lacks of outputs is zero.
void pack_panels(const float* weight, std::size_t outputs, std::size_t inputs, float* panels);

struct PanelProduct {
  const float* x;  // [rows, inputs]
  std::size_t rows, inputs;
  const float* panels;
  std::size_t outputs;
  const float* bias;  // [outputs], or null
  float* y;           // [rows, outputs]
};
void multiply_panels(const PanelProduct& product);

}  // namespace tvts
