// The tensors of a pickle's nested dicts and module trees, under dotted names.
#pragma once

#include <string>
#include <vector>

#include "tvts/model/weights/pickle.h"
#include "tvts/model/weights/safetensors.h"

namespace tvts {

// Of dicts alone where those hold tensors, else of the modules in them too. A shared module's tensors are named along
// every way to them; a module that holds itself is left where it closes the circle.
// `file_size`: what all tensors together may claim is bounded by it, since a stride of zero repeats stored numbers.
// Throws Error(kInput) naming `name` when there are no tensors, or when names or claims pass their bounds.
std::vector<NamedTensor> named_tensors(const Pickle& pickle, uint64_t file_size, const std::string& name);

}  // namespace tvts
