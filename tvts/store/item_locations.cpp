#include "tvts/store/item_locations.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>

namespace tvts {
namespace {

// ENOTDIR: a file stands where a folder would, as the shard of a member does.
bool leads_somewhere(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 || errno == ENOTDIR;
}

bool is_link(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
}

// An absolute path without empty and "." parts and without a '/' at its end. ".." stays: behind a link it means another
// folder than the one that stands before it.
std::string tidy(const std::string& path) {
  std::string out;
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string part = path.substr(begin, end - begin);
    if (!part.empty() && part != ".") out += '/' + part;
    begin = end + 1;
  }
  return out;
}

std::string current_folder() {
  std::error_code removed;
  return std::filesystem::current_path(removed).native();
}

std::optional<std::string> without_links(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> resolved(::realpath(path.c_str(), nullptr), std::free);
  if (!resolved) return std::nullopt;
  return resolved.get();
}

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

}  // namespace

ItemFile file_of(const ItemId& item) {
  if (item.path.starts_with('/')) return {item.path, ""};
  const std::string here = current_folder();
  if (item.folder.empty()) return {here + '/' + item.path, here};
  const std::string stated = item.folder + '/' + item.path;
  if (leads_somewhere(stated) || !leads_somewhere(here + '/' + item.path)) return {stated, item.folder};
  return {here + '/' + item.path, here};
}

std::string spelled_path(const ItemId& item) { return tidy(item.folder + '/' + item.path); }

std::string ItemLocations::of_file(const ItemFile& file) {
  const std::string path = tidy(file.path);
  if (path.size() >= PATH_MAX) return path;  // no file of the system
  if (is_link(path)) {
    if (auto target = without_links(path)) return *target;
  }
  const std::string folder = folder_of(path);
  return folder.empty() ? path : resolved_folder(folder) + path.substr(folder.size());
}

// The part of the path that there is without links, the rest as it is spelled.
const std::string& ItemLocations::resolved_folder(const std::string& path) {
  const auto known = folders_.find(path);
  if (known != folders_.end()) return known->second;
  std::optional<std::string> resolved = without_links(path);
  if (!resolved) {
    const std::string above = folder_of(path);
    resolved = above.empty() ? path : resolved_folder(above) + path.substr(above.size());
  }
  return folders_.emplace(path, *std::move(resolved)).first->second;
}

}  // namespace tvts
