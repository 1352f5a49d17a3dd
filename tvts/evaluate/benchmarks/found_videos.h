// Checks and warnings after all videos of a benchmark were looked for.
#pragma once

#include "tvts/evaluate/benchmarks/benchmark.h"

namespace tvts {

// A file that a looser rule than the very name gave to several videos is none of theirs: that is their problem then.
void refuse_shared_files(Benchmark& benchmark);

// Warns of videos that were found by their id: how many, and one of them.
void warn_of_other_parts(Benchmark& benchmark);

// Warns of classes that a person may take for one.
void warn_of_near_classes(Benchmark& benchmark);

// Warns of classes that none of the videos shows: their lists may be missing.
void warn_of_empty_classes(Benchmark& benchmark);

}  // namespace tvts
