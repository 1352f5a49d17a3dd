// The bits of a bfloat16 number: the upper half of a float's.
#pragma once

#include <cstdint>

namespace tvts {

enum class Bfloat16 : std::uint16_t {};

}  // namespace tvts
