// SHA-256 of large files, remembered: a model file is hashed once and not at every search.
#pragma once

#include <string>

namespace tvts {

class KnownHashes {
 public:
  // folder: where they are kept, made when the first is written. Empty: nothing is remembered.
  explicit KnownHashes(std::string folder) : folder_(std::move(folder)) {}

  // That of sha256_of_file(). A file is the one that was hashed when its device, inode, size and both its times are;
  // one that changed in the last seconds is not remembered, since its times could stay the same. A folder that cannot
  // be read or written costs time alone. Thread-safe. Throws what sha256_of_file() throws.
  std::string sha256(const std::string& path) const;

 private:
  std::string folder_;
};

}  // namespace tvts
