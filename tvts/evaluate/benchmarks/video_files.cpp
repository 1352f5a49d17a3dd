#include "tvts/evaluate/benchmarks/video_files.h"

#include <algorithm>
#include <filesystem>

#include "tvts/core/error.h"
#include "tvts/core/json/json_text.h"
#include "tvts/media/inputs/media_names.h"

namespace tvts {
namespace {

// Either may be empty.
std::string joined(const std::string& folder, std::string_view name) {
  const bool needs_slash = !folder.empty() && !folder.ends_with('/') && !name.empty();
  return concat(folder, needs_slash ? "/" : "", name);
}

bool is_there(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

std::string_view folders_of(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? "" : name.substr(0, slash);
}

std::string listed_names(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : ", ") + (name.empty() ? "the current folder" : to_utf8(name));
  }
  return text.substr(0, 400);
}

bool has_times(const std::string& stem, const std::optional<TimedStem>& wanted) {
  const auto found = timed_stem(stem);
  return found && wanted && found->begin == wanted->begin && found->end == wanted->end;
}

}  // namespace

std::string VideoFiles::identity(const VideoName& name, const BenchmarkVideo& found) {
  return names_ == VideoNames::kAreNames ? name.path : places_.of({.path = found.path});
}

// Folders that are not there are not remembered: annotations may name any number of them.
const VideoFolder& VideoFiles::folder(const std::string& path) {
  static const VideoFolder none;
  const auto known = listed_.find(path);
  if (known != listed_.end()) return known->second;
  VideoFolder folder(path.empty() ? "." : path);  // the current folder has no name
  return folder.is_empty() ? none : listed_.emplace(path, std::move(folder)).first->second;
}

// Below `root`, as often as one of its folders may be meant: "a b/c" is a_b/c as well.
VideoFiles::Folders VideoFiles::renamed_folders(const std::string& root, std::string_view folders) {
  Folders found = {root};
  while (!folders.empty()) {
    const std::string_view first = folders.substr(0, folders.find('/'));
    folders.remove_prefix(std::min(folders.size(), first.size() + 1));
    Folders inner;
    for (const std::string& outer : found) {
      for (const std::string& name : folder(outer).folders_like(first)) inner.push_back(joined(outer, name));
    }
    found = std::move(inner);
  }
  return found;
}

VideoFiles::Folders VideoFiles::roots_of(const VideoName& name) const {
  return name.path.starts_with('/') ? Folders{"/"} : folders_;
}

// In the folders that the name has, and in its class's.
VideoFiles::Folders VideoFiles::own_candidates(const VideoName& name) const {
  Folders candidates;
  for (const std::string& root : roots_of(name)) {
    const std::string own = joined(root, folders_of(name.path));
    candidates.push_back(own);
    if (!name.class_folder.empty()) candidates.push_back(joined(own, name.class_folder));
  }
  return candidates;
}

// In folders that are called otherwise, and in none.
VideoFiles::Folders VideoFiles::renamed_candidates(const VideoName& name) {
  Folders candidates;
  const std::string folders = joined(std::string(folders_of(name.path)), name.class_folder);
  for (const std::string& root : folders_) {
    for (std::string& candidate : renamed_folders(root, folders)) candidates.push_back(std::move(candidate));
  }
  candidates.insert(candidates.end(), folders_.begin(), folders_.end());
  return candidates;
}

std::string VideoFiles::by_name(const Folders& candidates, std::string_view file) {
  for (const std::string& candidate : candidates) {
    const std::string name = folder(candidate).file_named(file);
    if (!name.empty()) return joined(candidate, name);
  }
  return "";
}

BenchmarkVideo VideoFiles::find(const VideoName& name) {
  TVTS_ASSERT(!folders_.empty());
  BenchmarkVideo video = {.name = name.path};
  const std::string_view file = base_name(name.path);
  Folders candidates = own_candidates(name);
  for (const std::string& candidate : candidates) {
    video.path = joined(candidate, file);
    if (is_there(video.path)) return video;
  }
  video.found_by = FoundBy::kOtherName;
  video.path = by_name(candidates, file);
  if (video.path.empty() && names_ == VideoNames::kAreNames && !name.path.starts_with('/')) {
    const Folders renamed = renamed_candidates(name);
    video.path = by_name(renamed, file);
    candidates.insert(candidates.end(), renamed.begin(), renamed.end());
  }
  if (video.path.empty() && !name.id.empty()) find_by_id(name, candidates, video);
  if (!video.path.empty()) return video;
  video.found_by = FoundBy::kNothing;
  video.path = joined(roots_of(name).front(), name.path);
  if (video.problem.empty()) video.problem = nothing_found(name);
  return video;
}

void VideoFiles::find_by_id(const VideoName& name, const Folders& candidates, BenchmarkVideo& video) {
  const auto wanted = timed_stem(stem_of_name(base_name(name.path)));
  std::map<std::string, std::string> found;  // stem -> path
  for (const std::string& candidate : candidates) {
    for (const auto& [stem, file] : folder(candidate).files_of_id(name.id))
      found.emplace(stem, joined(candidate, file));
  }
  for (const auto& [stem, path] : found) {
    if (!has_times(stem, wanted)) continue;
    video.path = path;
    return;
  }
  if (found.size() == 1) {
    video.path = found.begin()->second;
    video.found_by = found.begin()->first == name.id ? FoundBy::kIdAlone : FoundBy::kOtherTimes;
  } else if (found.size() > 1) {
    std::vector<std::string> paths;
    for (const auto& [stem, path] : found) paths.push_back(path);
    video.problem = concat(to_utf8(name.path), ": found ", found.size(), " files of its id (", listed_names(paths),
                           "), none with its times; expected one");
  }
}

std::string VideoFiles::nothing_found(const VideoName& name) const {
  const bool is_absolute = name.path.starts_with('/'), is_path = is_absolute || names_ == VideoNames::kArePaths;
  return concat(to_utf8(name.path), ": found no such file", is_absolute ? "" : " in " + listed_names(folders_),
                "; tried each extension of a video",
                is_path ? "" : ", class folders as torchvision and mmaction2 rename them, and no folders",
                name.id.empty() ? "" : ", other times and the id alone", " (docs/finding-videos.md)");
}

}  // namespace tvts
