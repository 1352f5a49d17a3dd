// The tensors of a model, in the published order, and the start values of those that CLIP does not have.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "tvts/config/model_config.h"
#include "tvts/model/weights/tensor.h"

namespace tvts {

struct ExpectedTensor {
  std::string name;
  Shape shape;
  bool operator==(const ExpectedTensor&) const = default;
};

// Every tensor of a model without its sort head, in the order of the published state dict (the two kinds differ).
std::vector<ExpectedTensor> expected_tensors(const ModelConfig& config);
// The sort head, which follows them, for `segments` transcript segments (K).
std::vector<ExpectedTensor> expected_sort_head(const ModelConfig& config, int64_t segments);

enum class Init {
  kZeros,
  kOnes,
  kNormal,  // mean 0, standard deviation `scale`
  kUniform  // within -scale and scale
};
struct InitRule {
  Init init = Init::kZeros;
  double scale = 0;
  bool operator==(const InitRule&) const = default;
};

struct FreshStart {
  bool for_training = false;  // temporal_embedding: normal, else zeros, which gives CLIP's own image feature at T = 1
  bool random_temporal = false;  // temporal attention as Linear layers usually start, instead of the zero start
};

// The start of a tensor that no CLIP has (spec: temporal attention, ln_3, temporal_embedding, sort head).
InitRule fresh_start(const ExpectedTensor& tensor, const ModelConfig& config, const FreshStart& start);

}  // namespace tvts
