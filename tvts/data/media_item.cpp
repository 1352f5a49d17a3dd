#include "tvts/data/media_item.h"

#include <sys/stat.h>

#include <cerrno>

#include "tvts/core/error.h"
#include "tvts/data/media_names.h"
#include "tvts/data/spelled_path.h"

namespace tvts {

std::optional<FileStatus> file_status(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  // Unsigned, since a file system may hold any number of seconds; a time beyond 2262 wraps and still tells a change.
  const std::uint64_t modified = static_cast<std::uint64_t>(status.st_mtim.tv_sec) * 1'000'000'000U +
                                 static_cast<std::uint64_t>(status.st_mtim.tv_nsec);
  return FileStatus{.is_folder = S_ISDIR(status.st_mode),
                    .is_regular = S_ISREG(status.st_mode),
                    .size_bytes = status.st_size,
                    .modified_ns = static_cast<std::int64_t>(modified),
                    .device = status.st_dev,
                    .inode = status.st_ino};
}

std::string why_absent(const std::string& path) {
  const bool absent = errno == ENOENT || errno == ENOTDIR;
  std::string reason = errno_text();
  return absent ? reason + likely_cause_of_absence(path) : reason;
}

MediaItem with_status(MediaItem item) {
  if (item.key.empty()) item.key = file_stem(item.path);
  const auto status = file_status(item.path);
  if (!status) {
    item.error = why_absent(item.path);
  } else if (!status->is_regular) {
    item.error = "it is not a regular file";
  } else {
    item.size_bytes = status->size_bytes;
    item.modified_ns = status->modified_ns;
  }
  return item;
}

MediaItem failed_item(std::string path, std::string error) {
  MediaItem item;
  item.key = file_stem(path);
  item.path = std::move(path);
  item.error = std::move(error);
  return item;
}

}  // namespace tvts
