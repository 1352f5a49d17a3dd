// Features and labels of one split, from files.
#pragma once

#include <torch/torch.h>

#include <string>
#include <vector>

#include "tvts/evaluate/probe/labels.h"
#include "tvts/store/store_header.h"

namespace tvts {

// The source of a row of features. A bare .npy does not say: then the path is empty.
struct ProbeItem {
  std::string path;
  double start = 0, end = 0;  // seconds
};

struct ProbeSet {
  std::string name;                   // where the features come from
  at::Tensor features;                // float32 [items, E], finite
  std::vector<std::string> labels;    // [items]
  std::vector<ProbeItem> items;       // [items]
  std::vector<std::string> missing;   // paths with a label and no features
  std::size_t unlabelled = 0;         // rows left out because the list of labels lacks them
  std::optional<StoreHeader> header;  // which model and options made the features, where a store says so
};

// A .npy of float16 or float32 [rows, E] and row-aligned labels (read_row_labels()).
ProbeSet read_feature_rows(const std::string& npy_path, const std::string& labels_path);

// A store folder, or v.npy with v.jsonl beside it. labels: of its items; nullptr: those in the rows themselves, which
// `tvts embed` takes from a table's label column. A video with several windows is as many rows with its label.
ProbeSet read_feature_store(const std::string& path, const LabelsOfItems* labels);

// Both throw Error(kInput): numbers that are not finite, row counts that differ, no labels, nothing left.

}  // namespace tvts
