// Lists the entries of a folder, without the names that are always ignored.
#pragma once

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace tvts {

struct FolderEntry {
  std::string name;
  std::filesystem::file_type type = std::filesystem::file_type::none;  // of what a link leads to
  bool is_folder() const { return type == std::filesystem::file_type::directory; }
  bool is_file() const { return type == std::filesystem::file_type::regular; }
};

// Hidden names begin with a dot, the ._NAME companions that macOS leaves beside every file in archives and on foreign
// disks among them.
bool is_hidden(const std::string& name);

// In the byte order of their names, hidden ones left out. With `error` set: those read before it.
std::vector<FolderEntry> folder_entries(const std::string& folder, std::error_code& error);
// The same; nothing where the folder cannot be read.
std::vector<FolderEntry> folder_entries(const std::string& folder);

}  // namespace tvts
