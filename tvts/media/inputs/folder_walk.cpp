#include "tvts/media/inputs/folder_walk.h"

#include <algorithm>
#include <filesystem>

#include "tvts/core/error.h"
#include "tvts/media/inputs/folder_entries.h"

namespace tvts {
namespace {

namespace fs = std::filesystem;

// A folder counts with '/' at its end, which puts its files where their paths belong in byte order.
std::vector<FolderEntry> entries_in_path_order(const std::string& folder, std::error_code& error) {
  std::vector<FolderEntry> entries = folder_entries(folder, error);
  for (FolderEntry& entry : entries) {
    if (entry.is_folder()) entry.name += '/';
  }
  std::ranges::sort(entries, {}, &FolderEntry::name);
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
  const std::vector<FolderEntry> entries = entries_in_path_order(folder, error);
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
