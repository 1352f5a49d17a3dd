// Recognition by the nearest training items.
#pragma once

#include "tvts/evaluate/probe/linear_probe.h"
#include "tvts/evaluate/probe/probe_options.h"

namespace tvts {

// [items, C]: what the neighbours of each item give each class (ProbeOptions). Of training items that are equally near
// the earlier one counts first; with fewer of them than neighbours requested, all count.
at::Tensor neighbour_scores(const LabelledFeatures& train, const at::Tensor& features, const ProbeOptions& options,
                            const ProbeProgress& progress);

}  // namespace tvts
