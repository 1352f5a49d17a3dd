#include "tvts/media/inputs/folder_entries.h"

#include <algorithm>

namespace tvts {

namespace fs = std::filesystem;

bool is_hidden(const std::string& name) { return name.starts_with('.'); }

std::vector<FolderEntry> folder_entries(const std::string& folder, std::error_code& error) {
  std::vector<FolderEntry> entries;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    std::string name = entry->path().filename().string();
    if (is_hidden(name)) continue;
    std::error_code broken_link;
    const fs::file_type type = entry->status(broken_link).type();
    entries.push_back({std::move(name), type});
  }
  std::ranges::sort(entries, {}, &FolderEntry::name);
  return entries;
}

std::vector<FolderEntry> folder_entries(const std::string& folder) {
  std::error_code ignored;
  return folder_entries(folder, ignored);
}

}  // namespace tvts
