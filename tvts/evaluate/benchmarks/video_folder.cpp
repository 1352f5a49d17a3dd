#include "tvts/evaluate/benchmarks/video_folder.h"

#include <algorithm>

#include "tvts/media/inputs/folder_entries.h"
#include "tvts/media/inputs/media_names.h"

namespace tvts {

VideoFolder::VideoFolder(const std::string& path) {
  for (const FolderEntry& entry : folder_entries(path)) {
    if (entry.is_folder()) folders_by_plain_name_[plain_folder(entry.name)].push_back(entry.name);
    if (!entry.is_file() || !is_media(kind_of_name(entry.name))) continue;
    const std::string stem(stem_of_name(entry.name));
    std::vector<std::string>& files = files_by_stem_[stem];
    files.push_back(entry.name);
    if (const auto timed = timed_stem(stem); timed && files.size() == 1) stems_by_id_[timed->id].push_back(stem);
  }
}

std::string VideoFolder::best_of(const std::string& stem, bool is_image) const {
  const auto found = files_by_stem_.find(stem);
  if (found == files_by_stem_.end()) return "";
  std::string best;
  for (const std::string& file : found->second) {
    if ((kind_of_name(file) == NameKind::kImage) != is_image) continue;
    if (best.empty() || video_extension_rank(file) < video_extension_rank(best)) best = file;
  }
  return best;
}

std::string VideoFolder::file_named(std::string_view name) const {
  const bool is_image = kind_of_name(name) == NameKind::kImage;
  if (std::string file = best_of(std::string(name), is_image); !file.empty()) return file;
  return best_of(std::string(stem_of_name(name)), is_image);
}

std::map<std::string, std::string> VideoFolder::files_of_id(const std::string& id) const {
  std::map<std::string, std::string> files;
  const auto add = [&](const std::string& stem) {
    if (std::string file = best_of(stem, /*is_image=*/false); !file.empty()) files.emplace(stem, std::move(file));
  };
  add(id);
  const auto found = stems_by_id_.find(id);
  if (found == stems_by_id_.end()) return files;
  for (const std::string& stem : found->second) add(stem);
  return files;
}

std::vector<std::string> VideoFolder::folders_like(std::string_view name) const {
  const auto found = folders_by_plain_name_.find(plain_folder(name));
  return found == folders_by_plain_name_.end() ? std::vector<std::string>() : found->second;
}

}  // namespace tvts
