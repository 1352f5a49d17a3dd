#include "tvts/core/append_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/core/write_all.h"

namespace tvts {

AppendFile::AppendFile(std::string path, std::size_t size) : path_(std::move(path)), size_(size) {
  file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file_ < 0) fail_with_errno();
  if (::ftruncate(file_, static_cast<off_t>(size)) == 0) return;
  const int reason = errno;
  ::close(file_);
  errno = reason;
  fail_with_errno();
}

AppendFile::AppendFile(AppendFile&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)), size_(other.size_) {}

AppendFile::~AppendFile() {
  if (file_ >= 0) ::close(file_);
}

void AppendFile::append(std::string_view piece, Flush flush) {
  const bool written =
      write_all(piece, [this](const char* next, std::size_t size, std::size_t) { return ::write(file_, next, size); });
  if (!written || (flush == Flush::kYes && ::fdatasync(file_) != 0)) {
    const int reason = errno;
    [[maybe_unused]] const int cut = ::ftruncate(file_, static_cast<off_t>(size_));
    errno = reason;
    fail_with_errno();
  }
  size_ += piece.size();
}

void AppendFile::fail_with_errno() const { fail(ErrorKind::kFailed, "cannot write ", path_, ": ", errno_text()); }

}  // namespace tvts
