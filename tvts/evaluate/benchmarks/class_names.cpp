#include "tvts/evaluate/benchmarks/class_names.h"

#include "tvts/core/error.h"
#include "tvts/evaluate/benchmarks/annotation_file.h"
#include "tvts/media/inputs/near_names.h"
#include "tvts/media/inputs/numbered_names.h"

namespace tvts {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

std::string id_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_number_integer() ? value.dump() : value.type_name();
}

std::vector<std::string> names_from_ids(const AnnotationFile& file) {
  const Json ids = whole_json(file);
  if (!ids.is_object()) fail_input(file.path, ": found no JSON object, expected {\"CLASS\": NUMBER, ...}");
  std::vector<std::string> names(ids.size());
  for (const auto& [name, value] : ids.items()) {
    const std::size_t id = number_of(id_text(value), "number of the class " + name, file.path);
    if (id >= names.size()) fail_input(file.path, ": found the number ", id, ", expected less than ", names.size());
    if (!names[id].empty()) fail_input(file.path, ": found ", names[id], " and ", name, " with one number, ", id);
    names[id] = name;
  }
  return names;
}

std::vector<std::string> names_from_list(const AnnotationFile& file) {
  std::vector<std::string> names;
  for (const auto& name : whole_json(file)) {
    if (!name.is_string())
      fail_input(file.path, ": found a ", name.type_name(), " in the list, expected names of classes");
    names.push_back(name.get<std::string>());
  }
  return names;
}

std::vector<std::string> names_from_lines(const AnnotationFile& file) {
  std::vector<std::string> lines;
  for_each_line(file, [&](const std::string& line, const std::string&) { lines.push_back(line); });
  return numbered_names(lines).value_or(lines);
}

}  // namespace

std::string in_words(const std::string& name) {
  std::string words;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool begins_word = i > 0 && is_upper(name[i]) && is_lower(name[i - 1]);
    if (begins_word) words += ' ';
    words += name[i] == '_' ? ' ' : name[i];
  }
  return words;
}

ClassNames::ClassNames(std::vector<std::string> names, const std::string& source)
    : names_(std::move(names)), source_(source) {
  for (std::size_t number = 0; number < names_.size(); ++number) {
    const std::string& name = names_[number];
    if (is_blank(name)) fail_input(source, ": found an empty name of a class");
    if (!number_of_name_.try_emplace(name, number).second) fail_input(source, ": found the class ", name, " twice");
    const std::string key = letters_and_digits(name);
    if (key.empty()) continue;
    const auto [known, is_new] = number_of_key_.try_emplace(key, number);
    if (!is_new) known->second = kSeveral;
  }
  if (names_.empty()) fail_input(source, ": found no class");
}

ClassNames ClassNames::read(const std::string& path) {
  const AnnotationFile file = read_annotation(path);
  switch (file.shape) {
    case AnnotationShape::kFolder: fail_input(path, ": found a folder, expected a file of class names");
    case AnnotationShape::kJsonObject:
    case AnnotationShape::kJsonLines: return {names_from_ids(file), path};
    case AnnotationShape::kJsonList: return {names_from_list(file), path};
    default: return {names_from_lines(file), path};
  }
}

std::optional<std::size_t> ClassNames::exact_number_of(const std::string& name) const {
  const auto found = number_of_name_.find(name);
  return found == number_of_name_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> ClassNames::number_of(const std::string& name) const {
  if (const auto exact = exact_number_of(name)) return exact;
  const auto found = number_of_key_.find(letters_and_digits(name));
  return found == number_of_key_.end() || found->second == kSeveral ? std::nullopt : std::optional(found->second);
}

std::string ClassNames::no_class(const std::string& name) const {
  const auto near = number_of(name);
  return concat("not among the ", names_.size(), " classes of ", source_,
                near ? concat("; the nearest is '", names_[*near], "'") : "");
}

}  // namespace tvts
