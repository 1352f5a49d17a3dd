// A benchmark's result as files: FOLDER/result.json (manifest and measures), items.jsonl, and missing.jsonl where
// videos were missing. docs/evaluation.md describes them.
#pragma once

#include <string>
#include <vector>

#include "tvts/core/json/parse_json.h"
#include "tvts/evaluate/results/evaluation.h"
#include "tvts/evaluate/results/manifest.h"

namespace tvts {

// {"format": "tvts-evaluation", "version", "manifest", "measures", "differences", "classes"}
Json evaluation_json(const Manifest& manifest, const Evaluation& evaluation);

// Makes the folder; result.json comes last, with "items": how many lines items.jsonl has, and its hash. Throws
// Error(kFailed).
void write_evaluation(const std::string& folder, const Manifest& manifest, const Evaluation& evaluation);

// One of missing.jsonl for each; a file that an earlier run left is removed where there is none.
void write_missing(const std::string& folder, const std::vector<MissingItem>& missing);

// The part of a written result that a comparison needs.
struct WrittenEvaluation {
  std::string benchmark, split_sha256;
  std::string precision;              // of the embeddings; empty for features made elsewhere
  std::vector<EvaluationItem> items;  // without predictions
};
// Throws Error(kInput) with file and line where it is none, or where the items are not those that it was written with.
WrittenEvaluation read_evaluation(const std::string& folder);

}  // namespace tvts
