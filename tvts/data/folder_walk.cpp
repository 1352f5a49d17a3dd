#include "tvts/data/folder_walk.h"

#include <algorithm>
#include <filesystem>

#include "tvts/core/error.h"

namespace tvts {
namespace {

namespace fs = std::filesystem;

struct Entry {
  std::string name;  // of a folder with '/' at its end, which puts its files where their paths belong in byte order
  fs::file_type type;
};

std::vector<Entry> entries_of(const std::string& folder, std::error_code& error) {
  std::vector<Entry> entries;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    std::string name = entry->path().filename().string();
    if (name.starts_with('.')) continue;
    std::error_code broken_link;
    const fs::file_type type = entry->status(broken_link).type();
    if (type == fs::file_type::directory) name += '/';
    entries.push_back({std::move(name), type});
  }
  std::ranges::sort(entries, {}, &Entry::name);
  return entries;
}

bool is_special(fs::file_type type) {
  return type == fs::file_type::fifo || type == fs::file_type::socket || type == fs::file_type::block ||
         type == fs::file_type::character;
}

}  // namespace

std::vector<MediaItem> FolderWalk::files(const std::string& folder) {
  std::vector<MediaItem> items;
  visit(folder.ends_with('/') ? folder : folder + "/", items);
  return items;
}

void FolderWalk::visit(const std::string& folder, std::vector<MediaItem>& items) {
  const auto status = file_status(folder);
  if (status && !visited_.emplace(status->device, status->inode).second) return;
  std::error_code error;
  const std::vector<Entry> entries = entries_of(folder, error);
  if (error) items.push_back(failed_item(folder, "the folder cannot be read: " + error.message()));
  for (const auto& [name, type] : entries) {
    if (type == fs::file_type::directory) {
      if (recursive_) visit(folder + name, items);
    } else if (wanted_(kind_of_name(name)) && !is_special(type)) {
      MediaItem item;
      item.path = folder + name;
      items.push_back(with_status(std::move(item)));
    }
  }
}

}  // namespace tvts
