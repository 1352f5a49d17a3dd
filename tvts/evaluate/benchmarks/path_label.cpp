#include "tvts/evaluate/benchmarks/path_label.h"

#include "tvts/core/trimmed.h"
#include "tvts/media/inputs/media_names.h"

namespace tvts {
namespace {

constexpr std::string_view kBlanks = " \t\r";

// "a ""b""" is a "b".
std::string unquoted(std::string_view path) {
  if (path.size() < 2 || !path.starts_with('"') || !path.ends_with('"')) return std::string(path);
  std::string text;
  for (std::size_t i = 1; i + 1 < path.size(); ++i) {
    text += path[i];
    if (path[i] == '"' && path[i + 1] == '"' && i + 2 < path.size()) ++i;
  }
  return text;
}

PathAndLabel split_at(std::string_view line, std::size_t position) {
  return {unquoted(trimmed(line.substr(0, position), kBlanks)),
          std::string(trimmed(line.substr(position + 1), kBlanks))};
}

}  // namespace

bool is_whole_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

PathAndLabel path_and_label(std::string_view line) {
  line = trimmed(line, kBlanks);
  for (const char separator : {'\t', ',', ' '}) {
    const std::size_t position = line.rfind(separator);
    if (position != std::string_view::npos && is_whole_number(trimmed(line.substr(position + 1), kBlanks)))
      return split_at(line, position);
  }
  if (is_media(kind_of_name(line))) return {unquoted(line), ""};
  for (const char separator : {'\t', ',', ' '}) {
    const std::size_t position = line.rfind(separator);
    if (position != std::string_view::npos) return split_at(line, position);
  }
  return {unquoted(line), ""};
}

void for_each_path(const AnnotationFile& file,
                   const std::function<void(const PathAndLabel& line, const std::string& where)>& take) {
  for_each_line(file, [&](const std::string& line, const std::string& where) { take(path_and_label(line), where); });
}

}  // namespace tvts
