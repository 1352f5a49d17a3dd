// Size, time and kind of the file at a path.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace tvts {

struct FileStatus {
  bool is_folder = false, is_regular = false;
  std::int64_t size_bytes = 0;
  std::int64_t modified_ns = 0, changed_ns = 0;  // since 1970: of the content, of the content or what is said of it
  std::uint64_t device = 0, inode = 0;
  bool operator==(const FileStatus&) const = default;
};

// Links followed. Nothing, with errno set, where the file system says nothing.
std::optional<FileStatus> file_status(const std::string& path);

}  // namespace tvts
