#include "tvts/engine/precision.h"

#include "tvts/core/error.h"

namespace tvts {
namespace {

bool enters_a_matrix_product(const std::string& name) {
  const auto has = [&](const char* part) { return name.find(part) != std::string::npos; };
  if (has("ln_") || has("norm") || has("embed")) return false;
  return true;  // Linear weights and biases, conv1, proj, text_projection
}

}  // namespace

std::string to_string(Precision precision) { return precision == Precision::kBf16 ? "bf16" : "fp32"; }

Precision precision_named(const std::string& name) {
  if (name == "fp32") return Precision::kFp32;
  if (name == "bf16") return Precision::kBf16;
  fail_usage("no precision is called '", name, "'; expected fp32 or bf16");
}

at::ScalarType scalar_type(Precision precision) { return precision == Precision::kBf16 ? at::kBFloat16 : at::kFloat; }

void hold_matrices_in(DualEncoder& model, Precision precision) {
  if (precision == Precision::kFp32) return;
  for (auto& [name, parameter] : named_parameters(model)) {
    if (enters_a_matrix_product(name)) parameter.set_data(parameter.detach().to(scalar_type(precision)));
  }
}

}  // namespace tvts
