#include "tvts/core/whole_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "tvts/core/error.h"

namespace tvts {

WholeFile::WholeFile(std::string path)
    : path_(std::move(path)), temporary_path_(concat(path_, ".", ::getpid(), ".part")) {
  file_ = ::open(temporary_path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file_ < 0) fail(ErrorKind::kFailed, "cannot write ", path_, ": ", errno_text());
}

WholeFile::~WholeFile() {
  if (file_ >= 0) ::close(file_);
  if (is_pending_) ::unlink(temporary_path_.c_str());
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

void WholeFile::flush_and_close(Flush flush) {
  TVTS_ASSERT(file_ >= 0);
  const bool flushed = flush == Flush::kNo || ::fsync(file_) == 0;
  const int reason = errno;
  const bool closed = ::close(std::exchange(file_, -1)) == 0;
  if (!flushed) errno = reason;
  if (!flushed || !closed) fail(ErrorKind::kFailed, "cannot finish writing ", path_, ": ", errno_text());
}

void WholeFile::put_in_place() {
  if (std::rename(temporary_path_.c_str(), path_.c_str()) != 0) {
    fail(ErrorKind::kFailed, "cannot finish writing ", path_, ": ", errno_text());
  }
  is_pending_ = false;
}

void WholeFile::commit(Flush flush) {
  flush_and_close(flush);
  put_in_place();
}

void commit_together(const std::vector<WholeFile*>& files) {
  for (WholeFile* file : files) file->flush_and_close(WholeFile::Flush::kYes);
  const std::string& last = files.back()->path_;
  if (files.size() > 1 && ::unlink(last.c_str()) != 0 && errno != ENOENT) {
    fail(ErrorKind::kFailed, "cannot replace ", last, ": ", errno_text());
  }
  try {
    for (WholeFile* file : files) file->put_in_place();
  } catch (const Error&) {
    for (const WholeFile* file : files) {
      if (!file->is_pending_) ::unlink(file->path_.c_str());
    }
    throw;
  }
}

void write_whole_file(const std::string& path, std::string_view content) {
  WholeFile file(path);
  file.write(content);
  file.commit();
}

}  // namespace tvts
