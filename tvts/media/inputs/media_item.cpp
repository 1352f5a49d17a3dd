#include "tvts/media/inputs/media_item.h"

#include <cerrno>

#include "tvts/core/error.h"
#include "tvts/media/inputs/media_names.h"
#include "tvts/media/inputs/spelled_path.h"

namespace tvts {

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
