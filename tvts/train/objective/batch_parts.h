// A batch cut into parts that can be encoded by themselves.
#pragma once

#include <vector>

#include "tvts/train/objective/objective.h"

namespace tvts {

// Runs of neighbouring clips, with their texts and masks, as equal as they can be; clips that are joined stay together.
// At most `parts` of them, at least one. They share the batch's memory.
std::vector<ObjectiveBatch> parts_of(const ObjectiveBatch& batch, int64_t parts);

// Joins the encodings of the parts of a batch to that of the batch.
EncodedBatch joined(const std::vector<EncodedBatch>& parts);

}  // namespace tvts
