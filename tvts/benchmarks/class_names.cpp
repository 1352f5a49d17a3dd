#include "tvts/benchmarks/class_names.h"

#include <algorithm>
#include <cctype>

#include "tvts/benchmarks/annotation_file.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Letters and digits in lower case; bytes beyond ASCII count as letters.
std::string key_of(const std::string& name) {
  std::string key;
  for (const char c : name) {
    if (is_upper(c)) key += static_cast<char>(c - 'A' + 'a');
    if (is_lower(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80) key += c;
  }
  return key;
}

std::vector<std::string> names_from_ids(const AnnotationFile& file) {
  const Json ids = whole_json(file);
  std::vector<std::string> names(ids.size());
  for (const auto& [name, value] : ids.items()) {
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    const std::size_t id = number_of(text, "number of the class " + name, file.path);
    if (id >= names.size()) fail_input(file.path, ": found the number ", id, ", expected less than ", names.size());
    if (!names[id].empty()) fail_input(file.path, ": found ", names[id], " and ", name, " with one number, ", id);
    names[id] = name;
  }
  return names;
}

// "7 Basketball" on the seventh line is the form of classInd.txt; the number is no part of the name.
std::string without_number(const std::string& line, std::size_t number) {
  const std::string start = concat(number, " ");
  return line.starts_with(start) ? line.substr(start.size()) : line;
}

std::vector<std::string> names_from_lines(const AnnotationFile& file) {
  std::vector<std::string> names;
  for_each_line(file, [&](const std::string& line, const std::string& where) {
    std::string name = without_number(line, names.size() + 1);
    if (is_blank(name)) fail_input(where, ": found an empty name of a class");
    names.push_back(std::move(name));
  });
  return names;
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

ClassNames::ClassNames(std::vector<std::string> names, const std::string& source) : names_(std::move(names)) {
  for (const std::string& name : names_) {
    std::string key = key_of(name);
    if (key.empty()) fail_input(source, ": found a class with the name '", name, "', expected letters or digits");
    if (std::ranges::find(keys_, key) != keys_.end()) fail_input(source, ": found the class ", name, " twice");
    keys_.push_back(std::move(key));
  }
  if (names_.empty()) fail_input(source, ": found no class");
}

ClassNames ClassNames::read(const std::string& path) {
  const AnnotationFile file = read_annotation(path);
  return {file.shape == AnnotationShape::kJsonObject ? names_from_ids(file) : names_from_lines(file), path};
}

std::optional<std::size_t> ClassNames::number_of(const std::string& name) const {
  const auto found = std::ranges::find(keys_, key_of(name));
  if (found == keys_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - keys_.begin());
}

}  // namespace tvts
