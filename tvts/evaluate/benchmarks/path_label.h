// Reads lists of "PATH LABEL", in which a path may hold blanks, commas and brackets.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "tvts/evaluate/benchmarks/annotation_file.h"

namespace tvts {

struct PathAndLabel {
  std::string path, label;  // the label may be empty
};

bool is_whole_number(std::string_view text);

// A label is a whole number behind the last tab, else the last comma, else the last blank. Without one a tab or a comma
// still separates, unless the whole line is the name of a video. A path in quotation marks is what is between them.
PathAndLabel path_and_label(std::string_view line);

// The lines of the list that are not blank.
void for_each_path(const AnnotationFile& file,
                   const std::function<void(const PathAndLabel& line, const std::string& where)>& take);

}  // namespace tvts
