// Writes the files of a probe.
#pragma once

#include <string>

#include "tvts/core/json/parse_json.h"
#include "tvts/evaluate/probe/probe.h"

namespace tvts {

// Everything that decides the numbers, and the numbers: the content of probe.json.
Json probe_json(const ProbeOutcome& outcome, const ProbeSet& train, const ProbeSet& test, const ProbeOptions& options);

// DIR/probe.json, DIR/predictions.jsonl (one line a test item), DIR/probe.html, and of a linear probe
// DIR/probe.safetensors: weight [C, E], bias [C], the classes in its metadata. Each appears whole, probe.json last.
void write_probe(const std::string& dir, const ProbeOutcome& outcome, const ProbeSet& train, const ProbeSet& test,
                 const ProbeOptions& options);

}  // namespace tvts
