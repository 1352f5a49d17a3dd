// A clip with what its file's report says, as Python holds it.
#pragma once

#include <string>
#include <vector>

#include "tvts/api/clips.h"

namespace tvts::python {

struct HeldClip {
  api::Clip clip;
  std::vector<std::string> warnings;
};

}  // namespace tvts::python
