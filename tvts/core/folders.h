// Creates and clears the folders that commands write into.
#pragma once

#include <string>

namespace tvts {

// With those above it; one that is there already is fine. Throws Error(kFailed) naming it and the system's reason.
void make_folder(const std::string& path);
// The one that a file is to be written into.
void make_folder_of(const std::string& file_path);

// A file that is not there is removed already. Throws Error(kFailed).
void remove_file(const std::string& path);

// Removes what processes that were killed have left unfinished in the folder itself: WholeFile's temporary files of
// processes that are no longer there. For a folder that one process at a time writes into, before it does.
void remove_leftovers(const std::string& folder);

}  // namespace tvts
