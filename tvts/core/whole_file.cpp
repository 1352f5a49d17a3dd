#include "tvts/core/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/core/write_all.h"

namespace tvts {

namespace {

// What a file of this process can be linked by, as long as it is open.
std::string entry_in_proc(int file) { return concat("/proc/self/fd/", file); }

// By the kernel's rule (protected_hardlinks) a file can be linked by its owner.
bool can_be_linked(int file) {
  struct stat status {};
  return ::fstat(file, &status) == 0 && status.st_uid == ::geteuid() &&
         ::access(entry_in_proc(file).c_str(), F_OK) == 0;
}

// A file in the folder of the path that has no name yet, and goes with the process; -1 where there is no such thing.
int open_without_name(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int file = ::open(folder.c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
  if (file < 0 || can_be_linked(file)) return file;
  ::close(file);
  return -1;
}

// What a process of the same number left under the name is replaced.
bool give_name(int file, const std::string& name) {
  const auto link = [&] {
    return ::linkat(AT_FDCWD, entry_in_proc(file).c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0;
  };
  return link() || (errno == EEXIST && ::unlink(name.c_str()) == 0 && link());
}

}  // namespace

WholeFile::WholeFile(std::string path)
    : path_(std::move(path)),
      temporary_path_(concat(path_, ".", ::getpid(), ".part")),
      file_(open_without_name(path_)) {
  if (file_ >= 0) return;
  file_ = ::open(temporary_path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file_ < 0) fail(ErrorKind::kFailed, "cannot write ", path_, ": ", errno_text());
  is_named_ = true;
}

WholeFile::~WholeFile() {
  if (file_ >= 0) ::close(file_);
  if (is_named_ && is_pending_) ::unlink(temporary_path_.c_str());
}

void WholeFile::write(const void* data, std::size_t size) {
  const bool written =
      write_all({static_cast<const char*>(data), size},
                [this](const char* next, std::size_t left, std::size_t) { return ::write(file_, next, left); });
  if (!written) fail(ErrorKind::kFailed, "cannot write ", path_, ": ", errno_text());
}

void WholeFile::overwrite(std::size_t offset, std::string_view text) {
  const bool written = write_all(text, [&](const char* next, std::size_t left, std::size_t done) {
    return ::pwrite(file_, next, left, static_cast<off_t>(offset + done));
  });
  if (!written) fail(ErrorKind::kFailed, "cannot write ", path_, ": ", errno_text());
}

void WholeFile::flush_and_close(Flush flush) {
  TVTS_ASSERT(file_ >= 0);
  const bool flushed = flush == Flush::kNo || ::fsync(file_) == 0;
  if (flushed && !is_named_) is_named_ = give_name(file_, temporary_path_);
  const bool finished = flushed && is_named_;
  const int reason = errno;
  const bool closed = ::close(std::exchange(file_, -1)) == 0;
  if (!finished) errno = reason;
  if (!finished || !closed) fail(ErrorKind::kFailed, "cannot finish writing ", path_, ": ", errno_text());
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
