// Finds the file of an item, however its path is spelled.
#pragma once

#include <string>
#include <unordered_map>

#include "tvts/media/inputs/row.h"

namespace tvts {

// An item's file in the file system of now.
struct ItemFile {
  std::string path;    // opens it, from whatever folder
  std::string folder;  // where a relative path of the item starts; empty for an absolute one
};

// A relative path starts in the folder that the item states, or, where that leads to nothing (all of it has been moved,
// or an older version wrote the row), in the current one.
ItemFile file_of(const ItemId& item);

// The path alone, made absolute where the item states its folder; the file system is not used.
std::string spelled_path(const ItemId& item);

// Locations: the same for two items that are the same part of the same file. "videos/a.mp4", "./videos/a.mp4" and
// "/data/videos/a.mp4" are one file, and so is what a link leads to, be it to the file or to a folder on the way.
// Looks into the file system; what it finds of a folder is kept for the other files there. Not thread-safe.
class ItemLocations {
 public:
  std::string of(const ItemId& item) { return of_file(file_of(item)) + part_of(item); }
  std::string of_file(const ItemFile& file);

 private:
  const std::string& resolved_folder(const std::string& path);

  std::unordered_map<std::string, std::string> folders_;  // as spelled -> without links
};

}  // namespace tvts
