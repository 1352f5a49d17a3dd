// Which of two ways to compute is faster on this machine, found by trying.
#pragma once

#include <functional>

namespace tvts {

// Whether `a` takes less than 1 / 1.3 of b's time: in turns, on one thread, the least of some runs, since other
// programs can only add to a time.
bool is_clearly_faster(const std::function<void()>& a, const std::function<void()>& b);

}  // namespace tvts
