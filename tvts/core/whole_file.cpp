#include "tvts/core/whole_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "tvts/core/error.h"

namespace tvts {

WholeFile::WholeFile(std::string path)
    : path_(std::move(path)), temporary_path_(concat(path_, ".", ::getpid(), ".part")) {
  file_ = ::open(temporary_path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file_ < 0) fail(ErrorKind::kFailed, "cannot write ", path_, ": ", errno_text());
}

WholeFile::~WholeFile() {
  if (file_ < 0) return;
  ::close(file_);
  ::unlink(temporary_path_.c_str());
}

void WholeFile::write(const void* data, std::size_t size) {
  const char* next = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t written = ::write(file_, next, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(ErrorKind::kFailed, "cannot write ", path_, ": ", errno_text());
    next += written;
    size -= static_cast<std::size_t>(written);
  }
}

void WholeFile::overwrite(std::size_t offset, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::pwrite(file_, text.data(), text.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(ErrorKind::kFailed, "cannot write ", path_, ": ", errno_text());
    text.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::size_t>(written);
  }
}

void WholeFile::commit(Flush flush) {
  TVTS_ASSERT(file_ >= 0);
  const bool flushed = flush == Flush::kNo || ::fsync(file_) == 0;
  const bool closed = ::close(file_) == 0;
  file_ = -1;
  if (!flushed || !closed || std::rename(temporary_path_.c_str(), path_.c_str()) != 0) {
    const std::string reason = errno_text();
    ::unlink(temporary_path_.c_str());
    fail(ErrorKind::kFailed, "cannot finish writing ", path_, ": ", reason);
  }
}

void write_whole_file(const std::string& path, std::string_view content) {
  WholeFile file(path);
  file.write(content);
  file.commit();
}

}  // namespace tvts
