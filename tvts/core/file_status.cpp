#include "tvts/core/file_status.h"

#include <sys/stat.h>

namespace tvts {
namespace {

// Unsigned on the way, since a file system may hold any number of seconds; a time beyond 2262 wraps and still tells a
// change.
std::int64_t nanoseconds(const timespec& time) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000U +
                                   static_cast<std::uint64_t>(time.tv_nsec));
}

}  // namespace

std::optional<FileStatus> file_status(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return FileStatus{.is_folder = S_ISDIR(status.st_mode),
                    .is_regular = S_ISREG(status.st_mode),
                    .size_bytes = status.st_size,
                    .modified_ns = nanoseconds(status.st_mtim),
                    .changed_ns = nanoseconds(status.st_ctim),
                    .device = status.st_dev,
                    .inode = status.st_ino};
}

}  // namespace tvts
