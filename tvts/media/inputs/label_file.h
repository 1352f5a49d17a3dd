// Reads files of labels in the forms that data sets have.
#pragma once

#include <string>
#include <vector>

namespace tvts {

struct Labels {
  std::vector<std::string> names;     // in the order of the file, or of the numbers that a JSON map gives
  std::vector<std::string> warnings;  // what was left out, and what may not be meant
  bool leave_numbers_out = false;     // the numbers of a JSON map are not those from 0 on, each once
};

// text: decoded (tvts/media/inputs/file_text.h). One label a line, blanks around it and empty lines left out. The
// numbers of classes are no part of their names ("1 Archery", "archery TAB 0", numbered from 0 or 1, each once) and
// order them. A .csv or .tsv with a header gives its column name, label or class; a .json, and whatever else is JSON,
// its list of names or its map between names and numbers. Warns of numbers and tabs that stay, and of labels that are
// one text to a model. Throws Error(kInput) that begins with `file` where there is no label.
Labels read_labels(const std::string& text, const std::string& file);

}  // namespace tvts
