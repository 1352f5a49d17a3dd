// Where the videos of a data set are, by the names that its annotations give them: docs/finding-videos.md has the
// rules.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tvts/benchmarks/benchmark.h"
#include "tvts/benchmarks/video_folder.h"
#include "tvts/benchmarks/video_name.h"

namespace tvts {

// A user's own table has paths; published annotations have names, which lie in copies of many forms.
enum class VideoNames { kAreNames, kArePaths };

class VideoFiles {
 public:
  VideoFiles(std::vector<std::string> folders, VideoNames names) : folders_(std::move(folders)), names_(names) {}

  // Each rule is tried in each folder in turn before the next one. Where no file is found the path is the name's place
  // in the first folder, and the problem says what was tried. Folders are listed once in the life of this object.
  BenchmarkVideo find(const VideoName& name);

 private:
  using Places = std::vector<std::string>;  // folders
  const VideoFolder& folder(const std::string& path);
  Places roots_of(const VideoName& name) const;
  Places own_places(const VideoName& name) const;
  Places renamed_places(const VideoName& name);
  Places renamed_folders(const std::string& root, std::string_view folders);
  std::string by_name(const Places& places, std::string_view file);
  void find_by_id(const VideoName& name, const Places& places, BenchmarkVideo& video);
  std::string nothing_found(const VideoName& name) const;

  std::vector<std::string> folders_;
  VideoNames names_;
  std::map<std::string, VideoFolder> listed_;
};

}  // namespace tvts
