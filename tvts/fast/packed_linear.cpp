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
  const int64_t outputs = weight.size(0), width = weight.size(1), kept = form_.kept_columns.size(0);
  const at::Tensor rows = kept == 0 ? weight.contiguous() : weight.clone(at::MemoryFormat::Contiguous),
                   bytes = at::empty(weight.sizes(), at::kByte), kept_values = at::empty({outputs, kept});
  scales_ = at::empty({outputs});
  over_tiles(outputs, [&](int64_t first, int64_t count) {
    quantise(QuantiseRows<float>{.x = numbers<float>(rows) + first * width,
                                 .rows = static_cast<std::size_t>(count),
                                 .width = static_cast<std::size_t>(width),
                                 .steps = static_cast<float>(onednn::largest_weight_byte()),
                                 .kept_columns = numbers<std::int64_t>(form_.kept_columns),
                                 .kept = static_cast<std::size_t>(kept),
                                 .bytes = numbers<std::uint8_t>(bytes) + first * width,
                                 .scales = numbers<float>(scales_) + first,
                                 .kept_values = numbers<float>(kept_values) + first * kept});
  });
  constexpr int kSign = 0x80;  // from 128 + w to w
  weight_ = onednn::packed_bytes(bytes.bitwise_xor_(kSign).view(at::kChar));
  kept_weight_ = kept_values.t().contiguous();
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
