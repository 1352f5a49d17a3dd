#include "tvts/benchmarks/video_files.h"

#include <filesystem>

#include "tvts/core/error.h"
#include "tvts/data/media_names.h"

namespace tvts {
namespace {

bool is_there(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error);
}

}  // namespace

std::string VideoFiles::find(const std::string& name) const {
  if (name.starts_with('/')) return name;
  TVTS_ASSERT(!folders_.empty());
  for (const std::string& folder : folders_) {
    if (std::string path = folder + "/" + name; is_there(path)) return path;
  }
  const bool has_kind = is_media(kind_of_name(name));
  const std::string stem = has_kind ? name.substr(0, name.rfind('.')) : name;
  for (const std::string& folder : folders_) {
    for (const char* extension : {".mp4", ".mkv", ".webm", ".avi", ".mov"}) {
      if (std::string path = concat(folder, "/", stem, extension); is_there(path)) return path;
    }
  }
  // Copies are often flat.
  for (const std::string& folder : folders_) {
    if (std::string path = concat(folder, "/", base_name(name)); is_there(path)) return path;
  }
  return concat(folders_.front(), "/", stem, has_kind ? name.substr(name.rfind('.')) : ".mp4");
}

}  // namespace tvts
