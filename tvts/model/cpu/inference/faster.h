// Measures which of two ways to compute is faster on this machine.
#pragma once

#include <functional>

namespace tvts {

// Calls it and returns the processor time of this thread that it took: the time of other programs does not count, so
// that the answer is the same on a busy machine.
using SecondsOf = std::function<double(const std::function<void()>&)>;
double seconds_of(const std::function<void()>& run);

// True if `a` takes less than 1 / 1.3 of b's time: in turns, on one thread, the least of some runs, since other
// programs can only add to a time. measure: seconds_of(), or what a test puts in its place.
bool is_clearly_faster(const std::function<void()>& a, const std::function<void()>& b,
                       const SecondsOf& measure = seconds_of);

}  // namespace tvts
