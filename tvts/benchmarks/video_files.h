// Where the videos of a data set are, by the names that its annotations give them.
#pragma once

#include <string>
#include <vector>

namespace tvts {

class VideoFiles {
 public:
  explicit VideoFiles(std::vector<std::string> folders) : folders_(std::move(folders)) {}

  // The file of that name in the first folder that has it, under its own extension or another of a video (downloads are
  // often converted), or without its folders; an absolute name is taken as it is. Where there is none: its place in the
  // first folder.
  std::string find(const std::string& name) const;

 private:
  std::vector<std::string> folders_;
};

}  // namespace tvts
