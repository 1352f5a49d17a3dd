// The ranks of a torch.distributed process group that Python has started. Only the Python module links it: nothing of
// c10d is in the tvts program.
#pragma once

#include <memory>
#include <string>

#include "tvts/train/objective/collective.h"

namespace tvts {

// group: its name among torch.distributed's groups ("0", the default one).
// Throws Error(kUsage) when there is none of that name.
std::unique_ptr<Collective> c10d_collective(const std::string& group);

}  // namespace tvts
