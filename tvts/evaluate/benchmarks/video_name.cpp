#include "tvts/evaluate/benchmarks/video_name.h"

#include <charconv>

#include "tvts/media/inputs/media_names.h"

namespace tvts {
namespace {

// Takes "_20" or "-20.0" off the end.
std::optional<double> take_time(std::string_view& stem) {
  const std::size_t mark = stem.find_last_of("_-");
  if (mark == std::string_view::npos || mark + 1 == stem.size()) return std::nullopt;
  const std::string_view text = stem.substr(mark + 1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc() || end != text.data() + text.size() || text.front() < '0' || text.front() > '9') {
    return std::nullopt;
  }
  stem = stem.substr(0, mark);
  return value;
}

}  // namespace

std::string_view stem_of_name(std::string_view name) {
  return is_media(kind_of_name(name)) ? name.substr(0, name.rfind('.')) : name;
}

std::string plain_folder(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (std::string_view("'\"()").find(c) == std::string_view::npos) plain += c == ' ' ? '_' : c;
  }
  return plain;
}

std::optional<TimedStem> timed_stem(std::string_view stem) {
  const auto end = take_time(stem);
  const auto begin = end ? take_time(stem) : std::nullopt;
  if (!begin || stem.empty()) return std::nullopt;
  return TimedStem{std::string(stem), *begin, *end};
}

}  // namespace tvts
