// A file's bytes, read-only, mapped into memory: the pages are read when touched and belong to the page cache. For
// weights and vectors alone: what is parsed is read through InputFile, since the process ends (SIGBUS) when it touches
// a page of a file that another program has cut short.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "tvts/core/input_file.h"

namespace tvts {

using Bytes = std::span<const std::byte>;

class MappedFile {
 public:
  // Throws Error(kInput) when the path cannot be opened or is not a regular file.
  static std::shared_ptr<const MappedFile> open(const std::string& path);
  // The file that is open there, which may be closed afterwards.
  static std::shared_ptr<const MappedFile> of(const InputFile& file);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  Bytes bytes() const { return bytes_; }
  const std::string& path() const { return path_; }

  // Throws Error(kInput) when the file is shorter by now than it was. For a check before the bytes are used again: a
  // file that is cut in the middle of their use cannot be detected.
  void check_size() const;

  // Releases the pages touched so far from the memory of this process. They are read again when touched again.
  void release_pages() const;

 private:
  // Which file it is, whatever its path names later.
  struct Identity {
    std::uint64_t device, inode;
    bool operator==(const Identity&) const = default;
  };
  MappedFile(std::string path, Bytes bytes, Identity identity)
      : path_(std::move(path)), bytes_(bytes), identity_(identity) {}
  std::string path_;
  Bytes bytes_;
  Identity identity_;
};

}  // namespace tvts
