// The paper's linear probe (4.4, Table 8): stochastic gradient descent on the cross-entropy.
#pragma once

#include <vector>

#include "tvts/evaluate/probe/linear_probe.h"
#include "tvts/evaluate/probe/probe_options.h"

namespace tvts {

// Every epoch goes over all items once in an order of its own, the last batch may be smaller. Throws Error(kInput) when
// the loss is no longer finite.
LinearProbe train_by_sgd(const LabelledFeatures& train, const ProbeOptions& options, const ProbeProgress& progress);

// The order of an epoch, a permutation of [0, items) that depends on seed and epoch alone.
std::vector<std::int64_t> epoch_permutation(std::uint64_t seed, std::int64_t epoch, std::int64_t items);

}  // namespace tvts
