// Whether a checkpoint's tensors are those of a model.
#pragma once

#include <string>
#include <vector>

#include "tvts/checkpoint/expected.h"
#include "tvts/checkpoint/names.h"

namespace tvts {

// Throws one Error(kInput) that names every tensor that is missing, extra, misshapen or not of a floating type, under
// the names the file uses. `expected` are under our names.
void check_state(const Checkpoint& checkpoint, Family family, const ModelConfig& config,
                 const std::vector<ExpectedTensor>& expected);

// The checkpoint's tensor for one of ours, from one part or several; check_state has passed.
TensorParts tensor_of(const Checkpoint& checkpoint, const Source& source);

}  // namespace tvts
