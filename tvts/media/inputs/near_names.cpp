#include "tvts/media/inputs/near_names.h"

#include <algorithm>
#include <map>

#include "tvts/core/error.h"
#include "tvts/core/json/json_text.h"

namespace tvts {
namespace {

constexpr std::size_t kMostShown = 4;  // names of a group, and groups

std::string listed(const std::vector<std::string>& group) {
  std::string text;
  for (std::size_t i = 0; i < std::min(group.size(), kMostShown); ++i) {
    const bool is_last = i + 1 == group.size();
    text += (i == 0 ? "'" : is_last ? " and '" : ", '") + to_utf8(group[i].substr(0, 60)) + "'";
  }
  return group.size() > kMostShown ? text + ", ..." : text;
}

}  // namespace

std::string letters_and_digits(const std::string& name) {
  std::string kept;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') kept += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) kept += c;
  }
  return kept;
}

std::string near_names_warning(const std::vector<std::string>& names) {
  std::map<std::string, std::vector<std::string>> groups;
  for (const std::string& name : names) groups[letters_and_digits(name)].push_back(name);
  std::string text;
  std::size_t count = 0;
  for (const auto& [key, group] : groups) {
    if (group.size() < 2 || ++count > kMostShown) continue;
    text += concat(text.empty() ? "" : "; ", listed(group), " differ in case, blanks or punctuation alone, and stay ",
                   group.size(), " classes");
  }
  return count > kMostShown ? concat(text, "; and ", count - kMostShown, " more such groups") : text;
}

}  // namespace tvts
