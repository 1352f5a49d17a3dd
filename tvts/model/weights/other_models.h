// Models that are not read, by the names that their tensors have.
#pragma once

#include "tvts/model/weights/names.h"

namespace tvts {

// The families that are read, as messages name them.
inline constexpr const char* kReadModels =
    "read are TVTSv2 models and CLIPs with both towers and a plain vision transformer (OpenAI's, OpenCLIP's, Hugging "
    "Face's)";

// Throws Error(kInput) that says what the file holds when it is the model of another family, an adapter, an optimizer's
// state, or one tower alone.
void refuse_other_model(const Checkpoint& checkpoint);

// Throws Error(kInput) that names the reason when a model of a family that is read has parts that are not: layer scale,
// MLPs of another width, attention pooling, ...
void refuse_other_parts(const Checkpoint& checkpoint, Family family);

}  // namespace tvts
