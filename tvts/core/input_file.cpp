#include "tvts/core/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "tvts/core/error.h"

namespace tvts {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 16;

struct Opened {
  int file = -1;
  struct stat status {};
};

// Does not block on a named pipe without a writer.
Opened open_for_reading(const std::string& path) {
  Opened opened{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK), {}};
  if (opened.file < 0) fail_input("cannot open ", path, ": ", errno_text());
  if (::fstat(opened.file, &opened.status) == 0) return opened;
  const std::string reason = errno_text();
  ::close(opened.file);
  fail_input("cannot read ", path, ": ", reason);
}

// Up to the end of the file or of `into`: the bytes that were there.
template <class Read>
std::size_t read_up_to(const std::string& path, std::span<std::byte> into, Read read) {
  std::size_t done = 0;
  while (done < into.size()) {
    const ssize_t got = read(into.data() + done, into.size() - done, done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail_input("cannot read ", path, ": ", errno_text());
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

class FileCloser {
 public:
  explicit FileCloser(int file) : file_(file) {}
  ~FileCloser() { ::close(file_); }
  FileCloser(const FileCloser&) = delete;
  FileCloser& operator=(const FileCloser&) = delete;

 private:
  const int file_;
};

[[noreturn]] void fail_too_long(const std::string& path, std::size_t bytes, std::size_t max_bytes) {
  fail_input(path, " has ", bytes, " bytes or more, expected at most ", max_bytes, " here");
}

}  // namespace

InputFile::InputFile(std::string path) : path_(std::move(path)) {
  const Opened opened = open_for_reading(path_);
  if (!S_ISREG(opened.status.st_mode)) {
    ::close(opened.file);
    fail_input("cannot read ", path_, ": it is not a regular file");
  }
  file_ = opened.file;
  size_ = static_cast<std::uint64_t>(opened.status.st_size);
}

InputFile::~InputFile() { ::close(file_); }

void InputFile::read(std::uint64_t offset, std::span<std::byte> into) const {
  const std::size_t done = read_up_to(path_, into, [&](std::byte* begin, std::size_t size, std::size_t at) {
    return ::pread(file_, begin, size, static_cast<off_t>(offset + at));
  });
  if (done < into.size()) {
    fail_input(path_, " ends at byte ", offset + done, ", expected ", into.size(), " bytes from ", offset,
               " on; it is cut short or was changed while it was read");
  }
}

std::string InputFile::text(std::uint64_t offset, std::size_t size) const {
  if (offset > size_ || size > size_ - offset) {  // before memory is taken
    fail_input(path_, " has ", size_, " bytes, expected ", size, " from ", offset, " on; it is cut short");
  }
  std::string text(size, '\0');
  read(offset, std::as_writable_bytes(std::span(text)));
  return text;
}

std::string read_file(const std::string& path, std::size_t max_bytes) {
  const Opened opened = open_for_reading(path);
  const FileCloser closer(opened.file);
  if (!S_ISREG(opened.status.st_mode) && !S_ISFIFO(opened.status.st_mode)) {
    fail_input("cannot read ", path, ": it is neither a regular file nor a pipe");
  }
  const auto expected = static_cast<std::size_t>(opened.status.st_size);
  if (expected > max_bytes) fail_too_long(path, expected, max_bytes);
  ::fcntl(opened.file, F_SETFL, ::fcntl(opened.file, F_GETFL) & ~O_NONBLOCK);
  std::string text;
  for (std::size_t chunk = std::max(expected + 1, kChunkBytes);; chunk = text.size()) {
    const std::size_t begin = text.size();
    text.resize(std::min(begin + chunk, max_bytes + 1));
    const std::span<std::byte> rest = std::as_writable_bytes(std::span(text)).subspan(begin);
    const std::size_t done = read_up_to(
        path, rest, [&](std::byte* next, std::size_t size, std::size_t) { return ::read(opened.file, next, size); });
    if (begin + done > max_bytes) fail_too_long(path, begin + done, max_bytes);
    if (done < rest.size()) {
      text.resize(begin + done);
      return text;
    }
  }
}

}  // namespace tvts
