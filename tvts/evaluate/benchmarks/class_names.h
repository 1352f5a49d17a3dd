// The classes of a data set of actions: their numbers, and their names as a sentence takes them.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace tvts {

// "brush_hair" and "ApplyEyeMakeup" as words: "brush hair", "Apply Eye Makeup".
std::string in_words(const std::string& name);

class ClassNames {
 public:
  // Names in the order of their numbers. Throws Error(kInput) with `source` when one stands there twice or none does.
  ClassNames(std::vector<std::string> names, const std::string& source);

  // A file of labels (tvts/media/inputs/label_file.h): JSON, {"Archery": 0, ...} or ["Archery", ...]; or a name a line,
  // with its number as in classInd.txt ("1 Archery") or without. Throws Error(kInput) with the file.
  static ClassNames read(const std::string& path);

  // The class of that very name, else the only one that differs from it in case, blanks and punctuation alone:
  // "moving_left" is "moving left". Nothing: no such class, or several.
  std::optional<std::size_t> number_of(const std::string& name) const;
  // The class of that very name.
  std::optional<std::size_t> exact_number_of(const std::string& name) const;
  // The end of a message about a name that is no class, behind "which is ...".
  std::string no_class(const std::string& name) const;
  const std::vector<std::string>& names() const { return names_; }

 private:
  static constexpr std::size_t kSeveral = static_cast<std::size_t>(-1);

  std::vector<std::string> names_;
  std::string source_;
  std::unordered_map<std::string, std::size_t> number_of_name_;
  std::unordered_map<std::string, std::size_t> number_of_key_;  // by letters and digits
};

}  // namespace tvts
