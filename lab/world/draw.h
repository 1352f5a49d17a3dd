// Draws of whole numbers and of items.
#pragma once

#include "tvts/core/random.h"

namespace tvts::world {

inline int draw_between(int least, int most, RandomStream& random) {  // both included
  return least + static_cast<int>(random.below(static_cast<std::uint64_t>(most - least) + 1));
}

inline bool draw_percent(int percent, RandomStream& random) { return draw_between(0, 99, random) < percent; }

// One of the `count` values of an enumeration.
template <class Enum>
Enum draw_enum(int count, RandomStream& random) {
  return static_cast<Enum>(random.below(static_cast<std::uint64_t>(count)));
}

}  // namespace tvts::world
