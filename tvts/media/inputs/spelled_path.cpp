#include "tvts/media/inputs/spelled_path.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/core/trimmed.h"
#include "tvts/core/utf8.h"
#include "tvts/media/inputs/media_item.h"
#include "tvts/text/unicode.h"

namespace tvts {
namespace {

constexpr std::size_t kMostSpellings = 8;  // more than a disk can hold by chance

void add_new(std::vector<std::string>& paths, std::string path) {
  if (std::ranges::find(paths, path) == paths.end()) paths.push_back(std::move(path));
}

bool is_utf8(std::string_view name) {
  bool valid = true;
  to_utf8(name, &valid);
  return valid;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string with_slashes(std::string path) {
  std::ranges::replace(path, '\\', '/');
  return path;
}

std::vector<std::string> forms_of(const std::string& name) {
  std::vector<std::string> forms = {name};
  if (is_ascii(name) || !is_utf8(name)) return forms;
  const std::u32string letters = decode_utf8(name);
  add_new(forms, encode_utf8(compose(letters)));
  add_new(forms, encode_utf8(decompose(letters)));
  return forms;
}

// Those of the forms of the path that are there; from one folder to the next only what is there is followed.
std::vector<std::string> forms_on_disk(const std::string& path) {
  if (path.empty()) return {};
  if (is_ascii(path)) return file_status(path) ? std::vector{path} : std::vector<std::string>{};
  std::vector<std::string> found = {""};
  for (std::size_t begin = 0; begin < path.size() && !found.empty();) {
    const std::size_t end = std::min(path.find('/', begin), path.size() - 1) + 1;
    std::vector<std::string> longer;
    for (const std::string& folder : found) {
      for (const std::string& name : forms_of(path.substr(begin, end - begin))) {
        if (longer.size() < kMostSpellings && file_status(folder + name)) add_new(longer, folder + name);
      }
    }
    found = std::move(longer);
    begin = end;
  }
  return found;
}

}  // namespace

std::vector<std::string> other_spellings(const std::string& path) {
  std::vector<std::string> spelled, found;
  for (const std::string& slashed : {path, with_slashes(path)}) {
    add_new(spelled, slashed);
    add_new(spelled, std::string(trimmed(slashed)));
  }
  for (const std::string& one : spelled) {
    for (std::string& there : forms_on_disk(one)) add_new(found, std::move(there));
  }
  return found;
}

std::string as_spelled(const std::string& path) {
  if (file_status(path)) return path;
  const std::vector<std::string> others = other_spellings(path);
  return others.size() == 1 ? others.front() : path;
}

std::string likely_cause_of_absence(const std::string& path) {
  if (const auto others = other_spellings(path); others.size() > 1) {
    return concat("; ", others.size(), " files are named so but for the form of their letters: ", to_utf8(others[0]),
                  " and ", to_utf8(others[1]), "; write the name as one of them has it");
  }
  if (path.find('\\') != std::string::npos) {
    return concat("; it holds the backslashes of a path of Windows, and ", to_utf8(with_slashes(path)),
                  " is not there either");
  }
  if (!is_utf8(path)) return "; the name is not UTF-8: a list saved in a code page of Windows has to be saved as UTF-8";
  return "";
}

}  // namespace tvts
