// A linear map from features to one-hot labels, in closed form.
#pragma once

#include "tvts/evaluate/probe/linear_probe.h"
#include "tvts/evaluate/probe/probe_options.h"

namespace tvts {

// The minimum of half the mean squared distance to the one-hot labels + l2 / 2 |weight|^2, computed in double
// precision. Throws Error(kInput) where an l2 of 0 leaves it undetermined.
LinearProbe fit_least_squares(const LabelledFeatures& train, const ProbeOptions& options);

}  // namespace tvts
