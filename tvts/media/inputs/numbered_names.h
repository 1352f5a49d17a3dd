// Lists of classes in which each line has a number beside its name, as data sets come with them.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace tvts {

// The names in the order of their numbers, where every line is "NUMBER NAME" (behind the number a blank, a tab or one
// of ".,:;)") or every line "NAME NUMBER" (before it a comma, a semicolon or a tab), the numbers being those from 0 or
// from 1, each once. A first line such as "id,name" may stand before them. Nothing: another list, whose lines are names
// as they are.
std::optional<std::vector<std::string>> numbered_names(const std::vector<std::string>& lines);

}  // namespace tvts
