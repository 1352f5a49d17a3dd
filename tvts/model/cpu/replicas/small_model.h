// Models whose operations are too short for several threads to share one.
#pragma once

#include <cstdint>

namespace tvts {

// Fewer parameters: a small model. Threads of OpenMP spin at the end of each operation, which beside other programs
// takes several times what the operation does (docs/decisions/0014-parts-of-a-batch.md), and the gradients of all parts
// of a batch take half a gigabyte.
inline constexpr std::int64_t kParametersOfSmall = 16'000'000;

}  // namespace tvts
