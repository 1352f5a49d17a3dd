#include "tvts/probe/probe_set.h"

#include <algorithm>
#include <unordered_set>

#include "tvts/core/error.h"
#include "tvts/core/npy.h"
#include "tvts/search/store_reader.h"

namespace tvts {
namespace {

void check_finite(const at::Tensor& features, const std::string& name) {
  const at::Tensor bad = at::isfinite(features).all(1).logical_not().nonzero();
  if (bad.numel() == 0) return;
  fail_input(name, ": found numbers that are not finite in row ", bad[0][0].item<std::int64_t>(), " (", bad.size(0),
             " such rows in all); leave them out or make the features again");
}

at::Tensor features_of(const std::string& path) {
  const NpyArray array = read_npy(path);
  if (array.shape.size() != 2 || array.shape[0] < 1 || array.shape[1] < 1) {
    fail_input(path, ": found an array of ", array.shape.size(), " axes, expected features [rows, E], one row or more");
  }
  if (array.type != NpyType::kFloat16 && array.type != NpyType::kFloat32) {
    fail_input(path, ": found whole numbers, expected features in float16 or float32");
  }
  const auto type = array.type == NpyType::kFloat16 ? at::kHalf : at::kFloat;
  return at::from_blob(const_cast<std::byte*>(array.data.data()), array.shape, type)
      .to(at::kFloat, /*non_blocking=*/false, /*copy=*/true);
}

// Rows of a store that take part.
struct ChosenRows {
  std::vector<std::size_t> rows;
  std::unordered_set<std::string> places;
};

void add_row(ProbeSet& set, const StoredRow& row, const std::string& label) {
  set.labels.push_back(label);
  set.items.push_back({.path = row.item.path, .start = row.info.start, .end = row.info.end});
}

ChosenRows choose_rows(ProbeSet& set, const Store& store, const LabelsOfItems* labels) {
  ChosenRows chosen;
  for (std::size_t index = 0; index < store.size(); ++index) {
    const StoredRow row = store.describe(index);
    const std::string* label = labels != nullptr ? labels->find(row.item) : &row.item.label;
    if (label == nullptr) {
      ++set.unlabelled;
      continue;
    }
    if (label->empty()) {
      fail_input(set.name, ": found no label in the row of ", row.item.path, "; name a list of labels");
    }
    add_row(set, row, *label);
    chosen.rows.push_back(index);
    chosen.places.insert(place_of(row.item));
  }
  return chosen;
}

}  // namespace

ProbeSet read_feature_rows(const std::string& npy_path, const std::string& labels_path) {
  ProbeSet set = {.name = npy_path, .features = features_of(npy_path), .labels = read_row_labels(labels_path)};
  if (static_cast<std::int64_t>(set.labels.size()) != set.features.size(0)) {
    fail_input(labels_path, ": found ", set.labels.size(), " labels, expected ", set.features.size(0),
               ", one for each row of ", npy_path);
  }
  check_finite(set.features, npy_path);
  set.items.resize(set.labels.size());
  return set;
}

ProbeSet read_feature_store(const std::string& path, const LabelsOfItems* labels) {
  const Store store = Store::open(path);
  ProbeSet set = {.name = path, .header = store.header()};
  const ChosenRows chosen = choose_rows(set, store, labels);
  if (chosen.rows.empty()) fail_input(path, ": found no row with a label among ", store.size());
  const auto dim = static_cast<std::int64_t>(store.dim());
  set.features = at::empty({static_cast<std::int64_t>(chosen.rows.size()), dim});
  float* target = set.features.data_ptr<float>();
  for (const std::size_t row : chosen.rows) target = std::ranges::copy(store.embedding(row), target).out;
  if (labels == nullptr) return set;
  for (const ItemId& item : labels->items()) {
    if (!chosen.places.contains(place_of(item))) set.missing.push_back(item.path);
  }
  return set;
}

}  // namespace tvts
