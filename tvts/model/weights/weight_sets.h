// A checkpoint may hold weights more than once (the trained ones and their average), and training tools put prefixes in
// front of the names: which tensors are the model's, under which names.
#pragma once

#include <optional>
#include <string>

#include "tvts/model/weights/checkpoint.h"

namespace tvts {

// Keeps the tensors of one set of weights, without the prefix that all of its names have and without the parts that
// wrappers put inside them (_orig_mod., module., ...); fills left_out, notes and warnings. A set is what follows one
// prefix and looks like a model (visual., video_model., vision_model.); a file without any stays as it is.
// `wanted` names a set by its prefix. Throws Error(kInput) when there are several and none is named, listing them, when
// the named one is not there, or when two tensors get one name.
void choose_weights(Checkpoint& checkpoint, const std::optional<std::string>& wanted);

}  // namespace tvts
