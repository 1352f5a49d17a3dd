// One folder of videos, listed once: its files by name and by id, its folders by their plain names.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "tvts/evaluate/benchmarks/video_name.h"

namespace tvts {

class VideoFolder {
 public:
  // Hidden files are passed over. A folder that is not there or cannot be read is empty.
  explicit VideoFolder(const std::string& path);
  VideoFolder() = default;
  bool is_empty() const { return files_by_stem_.empty() && folders_by_plain_name_.empty(); }

  // The file of that name with any extension of a video (or of a picture, where the name has one), be it in the place
  // of the name's own or behind it ("x.mov.mp4"). Of several the one whose extension comes first in docs/inputs.md.
  // Empty: none.
  std::string file_named(std::string_view name) const;

  // The files of that id, with times or without: a file for each stem.
  std::map<std::string, std::string> files_of_id(const std::string& id) const;

  // Its folders that this name may stand for.
  std::vector<std::string> folders_like(std::string_view name) const;

 private:
  std::string best_of(const std::string& stem, bool is_image) const;

  std::unordered_map<std::string, std::vector<std::string>> files_by_stem_, stems_by_id_, folders_by_plain_name_;
};

}  // namespace tvts
