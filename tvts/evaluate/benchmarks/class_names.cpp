#include "tvts/evaluate/benchmarks/class_names.h"

#include "tvts/core/error.h"
#include "tvts/evaluate/benchmarks/annotation_file.h"
#include "tvts/media/inputs/file_text.h"
#include "tvts/media/inputs/label_file.h"
#include "tvts/media/inputs/near_names.h"

namespace tvts {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

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
  Labels labels = read_labels(read_text_file(path), path);
  if (labels.leave_numbers_out) {
    fail_input(path, ": found numbers of classes that leave some out, expected those from 0 to ",
               labels.names.size() - 1);
  }
  return {std::move(labels.names), path};
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
