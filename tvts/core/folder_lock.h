// The right to write in a folder, which one process at a time has.
#pragma once

#include <string>
#include <string_view>

namespace tvts {

class FolderLock {
 public:
  // Locks the file "_lock" of the folder, which is made and stays there, until destroyed or the process ends. `what`
  // names the folder's content in the error: "the store". Throws Error(kFailed) when somebody else has the lock.
  FolderLock(const std::string& folder, std::string_view what);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  int file_ = -1;
};

}  // namespace tvts
