#include "tvts/evaluate/probe/labels.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string_view>

#include "tvts/core/error.h"
#include "tvts/core/json/parse_json.h"
#include "tvts/core/npy.h"
#include "tvts/core/number_in.h"
#include "tvts/media/inputs/file_text.h"

namespace tvts {
namespace {

bool is_list(const std::string& label) {
  try {
    return label.starts_with('[') && parse_json(label).is_array();
  } catch (const Error&) {
    return false;  // a name that begins with a bracket
  }
}

void check_label(const std::string& label, const std::string& where) {
  if (label.empty()) fail_input(where, ": found no label, expected one for every item");
  if (is_list(label)) {
    fail_input(where, ": found the list ", label.substr(0, 60), ", expected one label; a probe gives every item one ",
               "class, problems with several labels an item are out of its scope");
  }
}

// The lines of a text, without what ends them.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.emplace_back(line);
  }
  return lines;
}

std::vector<std::string> labels_of_array(const std::string& path) {
  const NpyArray array = read_npy(path);
  if (array.shape.size() != 1) {
    fail_input(path, ": found an array of ", array.shape.size(),
               " axes, expected one label a row; a probe gives every ",
               "item one class, problems with several labels an item are out of its scope");
  }
  if (array.type != NpyType::kInt64) {
    fail_input(path, ": found an array that is not int64, expected class numbers; to predict quantities (regression) ",
               "is out of a probe's scope");
  }
  std::vector<std::string> labels;
  for (const std::int64_t label : array.int64()) {
    if (label < 0) fail_input(path, ": found the class ", label, " in row ", labels.size(), ", expected 0 or more");
    labels.push_back(std::to_string(label));
  }
  return labels;
}

bool are_quantities(const std::set<std::string>& labels) {
  bool has_fraction = false;
  for (const std::string& label : labels) {
    if (!number_in<double>(label)) return false;
    has_fraction = has_fraction || !number_in<std::int64_t>(label);
  }
  return has_fraction;
}

}  // namespace

LabelsOfItems::LabelsOfItems(const std::vector<ItemId>& items, const std::string& name) {
  for (const ItemId& item : items) {
    check_label(item.label, concat(name, ": ", item.path));
    const auto [known, is_new] = label_of_location_.try_emplace(locations_.of(item), item.label);
    if (is_new) items_.push_back(item);
    if (known->second == item.label) continue;
    fail_input(name, ": ", item.path, ": found the labels ", known->second, " and ", item.label, ", expected one; a ",
               "probe gives every item one class, problems with several labels an item are out of its scope");
  }
}

const std::string* LabelsOfItems::find(const ItemId& item) const {
  const auto found = label_of_location_.find(locations_.of(item));
  return found == label_of_location_.end() ? nullptr : &found->second;
}

std::vector<std::string> read_row_labels(const std::string& path) {
  if (path.ends_with(".npy")) return labels_of_array(path);
  const std::string text = read_text_file(path);
  std::vector<std::string> labels = lines_of(text);
  for (std::size_t row = 0; row < labels.size(); ++row) check_label(labels[row], concat(path, ":", row + 1));
  return labels;
}

std::vector<std::string> class_names(const std::vector<std::string>& labels, const std::string& name) {
  const std::set<std::string> different(labels.begin(), labels.end());
  if (different.size() < 2) {
    fail_input(name, ": found ", different.empty() ? "no labels" : "one class, " + *different.begin(),
               ", expected at least two classes to tell apart");
  }
  if (are_quantities(different)) {
    fail_input(name, ": found labels that are quantities, such as ", *different.begin(), ", expected classes; to ",
               "predict quantities (regression) is out of a probe's scope");
  }
  std::vector<std::string> classes(different.begin(), different.end());
  const auto number = [](const std::string& label) { return number_in<std::int64_t>(label); };
  if (std::ranges::all_of(classes, [&](const std::string& label) { return number(label).has_value(); })) {
    std::ranges::stable_sort(classes, {}, number);
  }
  return classes;
}

std::vector<std::int64_t> class_indices(const std::vector<std::string>& labels, const std::vector<std::string>& classes,
                                        const std::string& name) {
  std::unordered_map<std::string_view, std::int64_t> index_of;
  for (const std::string& label : classes) index_of.try_emplace(label, static_cast<std::int64_t>(index_of.size()));
  std::vector<std::int64_t> indices;
  for (const std::string& label : labels) {
    const auto found = index_of.find(label);
    if (found == index_of.end()) {
      fail_input(name, ": found the label ", label.substr(0, 60), " in row ", indices.size(), ", expected one of the ",
                 classes.size(), " classes of the training items");
    }
    indices.push_back(found->second);
  }
  return indices;
}

}  // namespace tvts
