// Reads the training and test split of a probe: from a benchmark, tables of videos, stores or arrays.
#pragma once

#include <utility>

#include "tvts/api/probe.h"
#include "tvts/core/job_control.h"
#include "tvts/evaluate/probe/probe_set.h"
#include "tvts/model/weights/known_hashes.h"

namespace tvts {

// Benchmarks that have lists of training videos.
inline constexpr const char* kProbedBenchmarks[] = {"hmdb51", "ucf101", "k400"};

// The training and the test split, embedding what is not there yet.
// Throws Error(kUsage) on fields that make no sense together, and what reading and embedding throw.
std::pair<ProbeSet, ProbeSet> read_splits(const api::ProbeRequest& request, const KnownHashes& hashes,
                                          const JobControl& control);

}  // namespace tvts
