// SHA-256 of large files, remembered: a model file is hashed once and not at every search.
#pragma once

#include <chrono>
#include <string>

namespace tvts {

class KnownHashes {
 public:
  // folder: where they are kept, made when the first is written. Empty: in memory,
  // for this process. settled: the age from
  // which a file is remembered; no file system's clock is coarser than the default.
  explicit KnownHashes(std::string folder, std::chrono::seconds settled = std::chrono::seconds(2))
      : folder_(std::move(folder)), settled_(settled) {}

  // That of sha256_of_file(). A file is the one that was hashed when its device, inode, size and both its times are;
  // one that has not settled is not remembered, since its times could stay the same. A folder that cannot
  // be read or written costs time alone. Thread-safe. Throws what sha256_of_file() throws.
  std::string sha256(const std::string& path) const;

 private:
  std::string folder_;
  std::chrono::seconds settled_;
};

}  // namespace tvts
