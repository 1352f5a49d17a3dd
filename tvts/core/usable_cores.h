#pragma once

#include <cstddef>

namespace tvts {

// The cores that this process may run on, 1 or more.
std::size_t usable_cores();

}  // namespace tvts
