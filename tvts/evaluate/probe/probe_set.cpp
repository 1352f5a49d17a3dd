#include "tvts/evaluate/probe/probe_set.h"

#include <algorithm>
#include <memory>
#include <unordered_set>

#include "tvts/core/error.h"
#include "tvts/core/features_file.h"
#include "tvts/store/item_locations.h"
#include "tvts/store/store_reader.h"

namespace tvts {
namespace {

at::Tensor features_of(const std::string& path) {
  const auto features = std::make_shared<const FeatureMatrix>(read_features(path));
  return at::from_blob(
      const_cast<float*>(features->values.data()),
      {static_cast<std::int64_t>(features->rows), static_cast<std::int64_t>(features->dim)}, [features](void*) {},
      at::kFloat);
}

// Rows of a store that take part.
struct ChosenRows {
  std::vector<std::size_t> rows;
  std::unordered_set<std::string> locations;  // of their items
};

void add_row(ProbeSet& set, const StoredRow& row, const std::string& label) {
  set.labels.push_back(label);
  set.items.push_back({.path = row.item.path, .start = row.info.start, .end = row.info.end});
}

const std::string& own_label(const ProbeSet& set, const ItemId& item) {
  if (item.more_labels.empty()) return item.label;
  fail_input(set.name, ": ", item.path, ": found the labels ", item.label, " and ", item.more_labels.front(),
             ", expected one; name a list of labels that gives every item one");
}

ChosenRows choose_rows(ProbeSet& set, const Store& store, const LabelsOfItems* labels, ItemLocations& locations) {
  ChosenRows chosen;
  for (std::size_t index = 0; index < store.size(); ++index) {
    const StoredRow row = store.describe(index);
    const std::string* label = labels != nullptr ? labels->find(row.item) : &own_label(set, row.item);
    if (label == nullptr) {
      ++set.unlabelled;
      continue;
    }
    if (label->empty()) {
      fail_input(set.name, ": found no label in the row of ", row.item.path, "; name a list of labels");
    }
    add_row(set, row, *label);
    chosen.rows.push_back(index);
    chosen.locations.insert(locations.of(row.item));
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
  set.items.resize(set.labels.size());
  return set;
}

ProbeSet read_feature_store(const std::string& path, const LabelsOfItems* labels) {
  const Store store = Store::open(path);
  ProbeSet set = {.name = path, .header = store.header()};
  ItemLocations locations;
  const ChosenRows chosen = choose_rows(set, store, labels, locations);
  if (chosen.rows.empty()) fail_input(path, ": found no row with a label among ", store.size());
  const auto dim = static_cast<std::int64_t>(store.dim());
  set.features = at::empty({static_cast<std::int64_t>(chosen.rows.size()), dim});
  store.check_sizes();
  float* target = set.features.data_ptr<float>();
  for (const std::size_t row : chosen.rows) target = std::ranges::copy(store.embedding(row), target).out;
  if (labels == nullptr) return set;
  for (const ItemId& item : labels->items()) {
    if (!chosen.locations.contains(locations.of(item))) set.missing.push_back(item.path);
  }
  return set;
}

}  // namespace tvts
