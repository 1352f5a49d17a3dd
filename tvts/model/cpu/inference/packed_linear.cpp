#include "tvts/model/cpu/inference/packed_linear.h"

#include "tvts/model/cpu/inference/onednn.h"
#include "tvts/model/cpu/inference/row_tiles.h"
#include "tvts/model/cpu/kernels/panel_product.h"

namespace tvts {
namespace {

// By the instruction set and not by a stopwatch: the same machine gives the same bits each time.
bool takes_panels(const Products& products) {
  return products.type == at::kFloat && !products.in_bytes && at::get_cpu_capability() == "AVX2";
}

}  // namespace

PackedLinear::PackedLinear(const at::Tensor& weight, const at::Tensor& bias, const Products& products,
                           const at::Tensor& outlier_columns)
    : form_{.products = products,
            .outlier_columns = outlier_columns.defined() ? outlier_columns.contiguous() : at::empty({0}, at::kLong)},
      in_panels_(takes_panels(products)),
      outputs_(weight.size(0)) {
  if (products.in_bytes) {
    pack_bytes(weight.detach().to(at::kFloat), bias);
    return;
  }
  const at::Tensor rows = weight.detach().to(products.type).contiguous();
  if (in_panels_) {
    pack_panels(rows);
  } else {
    weight_ = onednn::packed(rows);
  }
  if (bias.defined()) bias_ = bias.detach().to(products.type).contiguous();
}

// Each output with a scale of its own.
void PackedLinear::pack_bytes(const at::Tensor& weight, const at::Tensor& bias) {
  const int64_t outputs = weight.size(0), width = weight.size(1);
  const bool has_no_outliers = form_.outlier_columns.size(0) == 0;  // then nothing is overwritten
  const at::Tensor rows = has_no_outliers ? weight.contiguous() : weight.clone(at::MemoryFormat::Contiguous);
  const LinearInput quantised = empty_input(outputs, width, form_);
  const auto largest = static_cast<float>(onednn::largest_weight_byte());
  over_tiles(outputs, [&](int64_t first, int64_t count) {
    quantise_tile(quantised, form_, first, count, data_ptr<float>(rows) + first * width, largest);
  });
  constexpr int kSign = 0x80;  // from 128 + w to w
  weight_ = onednn::packed_bytes(at::bitwise_xor(quantised.values, kSign).view(at::kChar));
  scales_ = quantised.scales;
  outlier_weight_ = quantised.outliers.t().contiguous();
  bias_ = bias.defined() ? bias.detach().to(at::kFloat).contiguous() : at::zeros({weight.size(0)});
}

void PackedLinear::pack_panels(const at::Tensor& weight) {
  const auto outputs = static_cast<std::size_t>(outputs_), inputs = static_cast<std::size_t>(weight.size(1));
  weight_ = at::empty({static_cast<int64_t>(panel_floats(outputs, inputs))});
  tvts::pack_panels(data_ptr<float>(weight), outputs, inputs, data_ptr<float>(weight_));
}

at::Tensor PackedLinear::panel_product(const at::Tensor& x) const {
  constexpr int64_t kFewestRows = 48;  // for a thread of their own
  const at::Tensor from = x.contiguous(), to = at::empty({x.size(0), outputs_});
  const int64_t inputs = x.size(1);
  at::parallel_for(0, x.size(0), kFewestRows, [&](int64_t begin, int64_t end) {
    multiply_panels({.x = data_ptr<float>(from) + begin * inputs,
                     .rows = static_cast<std::size_t>(end - begin),
                     .inputs = static_cast<std::size_t>(inputs),
                     .panels = data_ptr<float>(weight_),
                     .outputs = static_cast<std::size_t>(outputs_),
                     .bias = bias_.defined() ? data_ptr<float>(bias_) : nullptr,
                     .y = data_ptr<float>(to) + begin * outputs_});
  });
  return to;
}

at::Tensor PackedLinear::product(const LinearInput& x) const {
  if (form_.products.in_bytes) return onednn::linear_of_bytes(x.values, weight_, scales_, form_.products.type);
  return in_panels_ ? panel_product(x.values) : onednn::linear(x.values, weight_, bias_);
}

void PackedLinear::finish(const at::Tensor& product, const LinearInput& x, int64_t first, int64_t rows) const {
  if (!form_.products.in_bytes) return;
  const int64_t width = product.size(1), outliers = x.outliers.size(1);
  dispatch_dtype(product.scalar_type(), [&](auto number) {
    using T = decltype(number);
    dequantise(DequantiseRows<T>{.x = data_ptr<T>(product) + first * width,
                                 .rows = static_cast<std::size_t>(rows),
                                 .width = static_cast<std::size_t>(width),
                                 .scales = data_ptr<float>(x.scales) + first,
                                 .outlier_values = data_ptr<float>(x.outliers) + first * outliers,
                                 .outlier_weight = data_ptr<float>(outlier_weight_),
                                 .outliers = static_cast<std::size_t>(outliers),
                                 .bias = data_ptr<float>(bias_)});
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
