#include "tvts/media/inputs/media_names.h"

#include <algorithm>
#include <array>
#include <vector>

namespace tvts {
namespace {

struct KindExtensions {
  NameKind kind;
  std::vector<std::string_view> extensions;
};

const std::array<KindExtensions, 5>& kinds() {
  static const std::array<KindExtensions, 5> kinds = {{
      {NameKind::kVideo,
       {".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".wmv", ".asf", ".flv", ".f4v", ".mpg", ".mpeg",
        ".m2v", ".vob", ".ts",  ".mts", ".m2ts", ".ogv", ".3gp", ".3g2", ".mxf", ".y4m", ".gif"}},
      {NameKind::kImage, {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"}},
      {NameKind::kList, {".txt", ".lst"}},
      {NameKind::kTable, {".csv", ".tsv", ".jsonl"}},
      {NameKind::kShard, {".tar", ".tar.gz", ".tgz", ".tar.zst"}},
  }};
  return kinds;
}

}  // namespace

// ASCII only: an extension in another script is none of ours.
bool has_extension(std::string_view path, std::string_view extension) {
  const std::string_view name = base_name(path);
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return name.size() > extension.size() &&
         std::ranges::equal(name.substr(name.size() - extension.size()), extension, {}, lower);
}

NameKind kind_of_name(std::string_view path) {
  for (const auto& [kind, extensions] : kinds()) {
    for (const std::string_view extension : extensions) {
      if (has_extension(path, extension)) return kind;
    }
  }
  return NameKind::kOther;
}

std::size_t video_extension_rank(std::string_view path) {
  const auto& videos = kinds().front().extensions;
  const auto found = std::ranges::find_if(videos, [&](std::string_view one) { return has_extension(path, one); });
  return static_cast<std::size_t>(found - videos.begin());
}

std::string extensions_of(NameKind wanted) {
  std::string text;
  for (const auto& [kind, extensions] : kinds()) {
    for (const std::string_view extension : extensions) {
      if (kind == wanted) text.append(text.empty() ? "" : " ").append(extension);
    }
  }
  return text;
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view file_stem(std::string_view path) {
  const std::string_view name = base_name(path);
  const std::size_t dot = name.rfind('.');
  return dot == 0 ? name : name.substr(0, dot);
}

}  // namespace tvts
