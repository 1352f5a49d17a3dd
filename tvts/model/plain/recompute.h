// Activation checkpointing: what a block computes on the way is dropped after the forward pass and computed again in
// the backward pass, so that memory holds one block's activations and every block's input.
#pragma once

#include <torch/torch.h>

#include <functional>
#include <vector>

namespace tvts {

using Block = std::function<at::Tensor(const at::Tensor& x)>;

// block(x), with the same gradients for x and for `parameters`, which are those that the block uses. The block is
// called a second time in the backward pass and must give the same again (no random draws).
at::Tensor recomputed(const Block& block, const at::Tensor& x, const std::vector<at::Tensor>& parameters);

}  // namespace tvts
