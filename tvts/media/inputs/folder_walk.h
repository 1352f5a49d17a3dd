// The files of folders, in the byte order of their paths below the folder.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tvts/media/inputs/media_item.h"
#include "tvts/media/inputs/media_names.h"

namespace tvts {

// Reads each folder once in its life, whichever name or link leads to it: folders that overlap give no file twice, and
// links that lead in a circle end. Names that begin with a dot are skipped.
class FolderWalk {
 public:
  using Wanted = bool (*)(NameKind);
  FolderWalk(bool recursive, Wanted wanted) : recursive_(recursive), wanted_(wanted) {}

  // A folder that cannot be read, and a link of a wanted name that leads nowhere, are items with an error.
  std::vector<MediaItem> files(const std::string& folder);

 private:
  void visit(const std::string& folder, std::vector<MediaItem>& items);

  bool recursive_;
  Wanted wanted_;
  std::set<std::pair<std::uint64_t, std::uint64_t>> visited_;  // device, inode
};

}  // namespace tvts
