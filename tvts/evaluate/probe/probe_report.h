// The results of a probe as text and as a page.
#pragma once

#include <vector>

#include "tvts/evaluate/probe/probe.h"
#include "tvts/report/page.h"

namespace tvts {

// One table of the whole, one of the classes, the worst first.
std::vector<Table> probe_tables(const ProbeOutcome& outcome, const ProbeSet& train, const ProbeOptions& options);

// The tables, and the curve of the loss where there is one.
Page probe_page(const ProbeOutcome& outcome, const ProbeSet& train, const ProbeOptions& options);

// The training of the probe in a sentence: its method with every number that decides it.
std::string recipe(const ProbeOptions& options);
// A description of the features: after the projection, and of length 1 or not where that is known.
std::string described_features(const ProbeSet& set);

}  // namespace tvts
