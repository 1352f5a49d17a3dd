// The class of each item: one label an item. Several labels of one item and labels that are quantities are other
// problems than a probe's, and are refused.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "tvts/store/item_locations.h"

namespace tvts {

// The labels of a list of videos, by the location of each: the file however it is spelled, start and end. Not
// thread-safe.
class LabelsOfItems {
 public:
  // name: of the list, for messages. Throws Error(kInput) naming the item that has no label or several.
  LabelsOfItems(const std::vector<ItemId>& items, const std::string& name);

  const std::string* find(const ItemId& item) const;  // nullptr: not in the list
  const std::vector<ItemId>& items() const { return items_; }

 private:
  std::vector<ItemId> items_;  // each location once
  std::unordered_map<std::string, std::string> label_of_location_;
  mutable ItemLocations locations_;
};

// Row-aligned labels: text with one a line, or a .npy of int64 [rows]. Throws Error(kInput) with file and line.
std::vector<std::string> read_row_labels(const std::string& path);

// The different labels of the training items: numbers by value where all are whole numbers, else text by its bytes.
// Throws Error(kInput) where there is but one class, or where the labels are quantities.
std::vector<std::string> class_names(const std::vector<std::string>& labels, const std::string& name);

// The index of each label among the classes. Throws Error(kInput) naming a label that no training item has.
std::vector<std::int64_t> class_indices(const std::vector<std::string>& labels, const std::vector<std::string>& classes,
                                        const std::string& name);

}  // namespace tvts
