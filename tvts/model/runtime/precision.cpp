#include "tvts/model/runtime/precision.h"

#include "tvts/core/error.h"
#include "tvts/model/cpu/inference/fast_path.h"

namespace tvts {
namespace {

bool enters_a_matrix_product(const std::string& name) {
  const auto has = [&](const char* part) { return name.find(part) != std::string::npos; };
  if (has("ln_") || has("norm") || has("embed")) return false;
  return true;  // Linear weights and biases, conv1, proj, text_projection
}

}  // namespace

std::string to_string(Precision precision) {
  if (precision == Precision::kInt8) return "int8";
  return precision == Precision::kBf16 ? "bf16" : "fp32";
}

Precision precision_named(const std::string& name) {
  if (name == "fp32") return Precision::kFp32;
  if (name == "bf16") return Precision::kBf16;
  if (name == "int8") return Precision::kInt8;
  fail_usage("no precision is called '", name, "'; expected auto, fp32, bf16 or int8");
}

Precision fastest_precision(at::Device device) {
  if (device.is_cuda()) return Precision::kBf16;
  return fastest_type() == at::kBFloat16 ? Precision::kBf16 : Precision::kFp32;
}

void hold_matrices_in(DualEncoder& model, Precision precision) {
  if (precision != Precision::kBf16) return;
  for (auto& [name, parameter] : named_parameters(model)) {
    if (enters_a_matrix_product(name)) parameter.set_data(parameter.detach().to(at::kBFloat16));
  }
}

}  // namespace tvts
