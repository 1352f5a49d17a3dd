// A file's bytes, read-only, mapped into memory: the pages are read when touched and belong to the page cache.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace tvts {

using Bytes = std::span<const std::byte>;

class MappedFile {
 public:
  // Throws Error(kInput) when the path cannot be opened or is not a regular file.
  static std::shared_ptr<const MappedFile> open(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  Bytes bytes() const { return bytes_; }
  const std::string& path() const { return path_; }

  // Takes the pages touched so far out of this process's memory; touched again, they are read again.
  void let_go() const;

 private:
  MappedFile(std::string path, Bytes bytes) : path_(std::move(path)), bytes_(bytes) {}
  std::string path_;
  Bytes bytes_;
};

}  // namespace tvts
