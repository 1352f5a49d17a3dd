#include "tvts/core/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "tvts/core/error.h"

namespace tvts {

FolderLock::FolderLock(const std::string& folder, std::string_view what) {
  const std::string path = folder + "/_lock";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file_ < 0) fail(ErrorKind::kFailed, "cannot write in ", folder, ": ", errno_text());
  if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
  const bool taken = errno == EWOULDBLOCK;
  const std::string reason = errno_text();
  ::close(file_);
  if (taken) fail(ErrorKind::kFailed, "another process is writing ", what, " ", folder, "; wait until it has ended");
  fail(ErrorKind::kFailed, "cannot lock ", path, ": ", reason);
}

FolderLock::FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FolderLock::~FolderLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace tvts
