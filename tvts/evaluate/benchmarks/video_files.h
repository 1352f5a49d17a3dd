// Finds the video files of a data set by the names in its annotations. docs/finding-videos.md has the rules.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tvts/evaluate/benchmarks/benchmark.h"
#include "tvts/evaluate/benchmarks/video_folder.h"
#include "tvts/evaluate/benchmarks/video_name.h"
#include "tvts/store/item_locations.h"

namespace tvts {

// A user's own table has paths; published annotations have names, which lie in copies of many forms.
enum class VideoNames { kAreNames, kArePaths };

class VideoFiles {
 public:
  VideoFiles(std::vector<std::string> folders, VideoNames names) : folders_(std::move(folders)), names_(names) {}

  // Each rule is tried in each folder in turn before the next one. Where no file is found the path is that of the name
  // in the first folder, and the problem says what was tried. Folders are listed once in the life of this object.
  BenchmarkVideo find(const VideoName& name);

  // The same for two names of one video: the name in the annotations, and of a table that has paths the file, however
  // its path is spelled.
  std::string identity(const VideoName& name, const BenchmarkVideo& found);

 private:
  using Folders = std::vector<std::string>;
  const VideoFolder& folder(const std::string& path);
  Folders roots_of(const VideoName& name) const;
  Folders own_candidates(const VideoName& name) const;
  Folders renamed_candidates(const VideoName& name);
  Folders renamed_folders(const std::string& root, std::string_view folders);
  std::string by_name(const Folders& candidates, std::string_view file);
  void find_by_id(const VideoName& name, const Folders& candidates, BenchmarkVideo& video);
  std::string nothing_found(const VideoName& name) const;

  std::vector<std::string> folders_;
  VideoNames names_;
  std::map<std::string, VideoFolder> listed_;
  ItemLocations places_;
};

}  // namespace tvts
