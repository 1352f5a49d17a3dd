// The manifest of a result: everything that decided it, to repeat it or to see why another differs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tvts/core/json/parse_json.h"
#include "tvts/evaluate/benchmarks/benchmark.h"
#include "tvts/store/store_header.h"

namespace tvts {

struct FileHash {
  std::string path, sha256;
};

struct MissingItem {
  std::string video, status, reason;
};

struct Manifest {
  std::string benchmark, form;
  std::vector<FileHash> annotations;
  std::string split_sha256;                                     // of what was asked, missing videos included
  std::size_t videos = 0, texts = 0, classes = 0, options = 0;  // requested
  std::vector<std::string> templates;                           // of actions
  std::optional<StoreHeader> embedding;  // model, preprocessing, frames; none: features were given
  std::vector<FileHash> features;        // that were given
  std::int64_t image_size = 0;           // pixels; 0: features were given
  std::string short_clips;               // "zeros", "repeat"; empty: features were given
  std::string frame_count;               // "decoded", "promised"; empty: features were given
  std::string ties;                      // "published", "mean"
  std::string first_row;                 // "auto", "header", "data"
  std::string captions;                  // "one", "all"
  std::uint64_t seed = 0;                // of the bootstrap and of options that were drawn
  std::string tvts_version;
  std::vector<std::string> warnings;  // of the benchmark: how its videos were found, classes that are near each other
  std::vector<MissingItem> missing;
};

// The part that follows from the benchmark.
Manifest manifest_of(const Benchmark& benchmark);

Json manifest_json(const Manifest& manifest);

}  // namespace tvts
