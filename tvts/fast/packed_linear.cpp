#include "tvts/fast/packed_linear.h"

#include "tvts/fast/onednn.h"
#include "tvts/fast/row_tiles.h"

namespace tvts {

PackedLinear::PackedLinear(const at::Tensor& weight, const at::Tensor& bias, const Products& products,
                           const at::Tensor& kept_columns)
    : form_{.products = products,
            .kept_columns = kept_columns.defined() ? kept_columns.contiguous() : at::empty({0}, at::kLong)} {
  if (products.in_bytes) {
    pack_bytes(weight.detach().to(at::kFloat), bias);
    return;
  }
  is_packed_ = products.type != at::kFloat || !onednn::is_slower_than_plain_float32();
  weight_ = weight.detach().to(products.type).contiguous();
  if (is_packed_) weight_ = onednn::packed(weight_);
  if (bias.defined()) bias_ = bias.detach().to(products.type).contiguous();
}

// Each output with a scale of its own.
void PackedLinear::pack_bytes(const at::Tensor& weight, const at::Tensor& bias) {
  const int64_t outputs = weight.size(0), width = weight.size(1);
  const bool keeps_none = form_.kept_columns.size(0) == 0;  // then nothing is overwritten
  const at::Tensor rows = keeps_none ? weight.contiguous() : weight.clone(at::MemoryFormat::Contiguous);
  const LinearInput quantised = empty_input(outputs, width, form_);
  const auto largest = static_cast<float>(onednn::largest_weight_byte());
  over_tiles(outputs, [&](int64_t first, int64_t count) {
    quantise_tile(quantised, form_, first, count, numbers<float>(rows) + first * width, largest);
  });
  constexpr int kSign = 0x80;  // from 128 + w to w
  weight_ = onednn::packed_bytes(at::bitwise_xor(quantised.values, kSign).view(at::kChar));
  scales_ = quantised.scales;
  kept_weight_ = quantised.kept.t().contiguous();
  bias_ = bias.defined() ? bias.detach().to(at::kFloat).contiguous() : at::zeros({weight.size(0)});
}

at::Tensor PackedLinear::product(const LinearInput& x) const {
  if (form_.products.in_bytes) return onednn::linear_of_bytes(x.values, weight_, scales_, form_.products.type);
  return is_packed_ ? onednn::linear(x.values, weight_, bias_) : at::linear(x.values, weight_, bias_);
}

void PackedLinear::finish(const at::Tensor& product, const LinearInput& x, int64_t first, int64_t rows) const {
  if (!form_.products.in_bytes) return;
  const int64_t width = product.size(1), kept = x.kept.size(1);
  with_type(product.scalar_type(), [&](auto number) {
    using T = decltype(number);
    dequantise(DequantiseRows<T>{.x = numbers<T>(product) + first * width,
                                 .rows = static_cast<std::size_t>(rows),
                                 .width = static_cast<std::size_t>(width),
                                 .scales = numbers<float>(x.scales) + first,
                                 .kept_values = numbers<float>(x.kept) + first * kept,
                                 .kept_weight = numbers<float>(kept_weight_),
                                 .kept = static_cast<std::size_t>(kept),
                                 .bias = numbers<float>(bias_)});
  });
}

at::Tensor PackedLinear::operator()(const LinearInput& x) const {
  const at::Tensor found = product(x);
  if (form_.products.in_bytes) {
    over_tiles(found.size(0), [&](int64_t first, int64_t rows) { finish(found, x, first, rows); });
  }
  return found;
}

}  // namespace tvts
