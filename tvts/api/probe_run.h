// A probe from its request to its outcome and files: for the command and for the public face.
#pragma once

#include "tvts/api/probe.h"
#include "tvts/core/job_control.h"
#include "tvts/evaluate/probe/probe.h"
#include "tvts/model/weights/known_hashes.h"

namespace tvts {

struct FinishedProbe {
  ProbeOutcome outcome;
  ProbeSet train, test;
  ProbeOptions options;
};

// Throws what api::probe() throws.
FinishedProbe run_probe(const api::ProbeRequest& request, const KnownHashes& hashes, const JobControl& control);

}  // namespace tvts
