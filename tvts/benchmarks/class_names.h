// The classes of a data set of actions: their numbers, and their names as a sentence takes them.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace tvts {

// "brush_hair" and "ApplyEyeMakeup" as words: "brush hair", "Apply Eye Makeup".
std::string in_words(const std::string& name);

class ClassNames {
 public:
  // Names in the order of their numbers. Throws Error(kInput) with `source` when two of them are the same, by letters
  // and digits alone.
  ClassNames(std::vector<std::string> names, const std::string& source);

  // label2id.json, classInd.txt ("1 Archery"), or a name a line. Throws Error(kInput) with file and line.
  static ClassNames read(const std::string& path);

  // Case, blanks and punctuation make no difference: "moving_left" is "moving left". Nothing: no such class.
  std::optional<std::size_t> number_of(const std::string& name) const;
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::vector<std::string> keys_;
};

}  // namespace tvts
