#include "tvts/core/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tvts/core/error.h"

namespace tvts {

std::shared_ptr<const MappedFile> MappedFile::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) fail_input("cannot open ", path, ": ", errno_text());
  struct stat status {};
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(file);
    fail_input("cannot read ", path, ": it is not a regular file");
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  void* address = size == 0 ? nullptr : ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  const std::string reason = errno_text();
  ::close(file);
  if (address == MAP_FAILED) fail_input("cannot map ", path, ": ", reason);
  return std::shared_ptr<const MappedFile>(
      new MappedFile(path, Bytes(static_cast<const std::byte*>(address), size), {status.st_dev, status.st_ino}));
}

void MappedFile::check_size() const {
  struct stat status {};
  if (::stat(path_.c_str(), &status) != 0 || Identity{status.st_dev, status.st_ino} != identity_)
    return;  // another file
  if (static_cast<std::size_t>(status.st_size) >= bytes_.size()) return;
  fail_input(path_, " was cut from ", bytes_.size(), " to ", status.st_size,
             " bytes while it was in use; put the whole file back (written under another name, then renamed)");
}

void MappedFile::release_pages() const {
  if (!bytes_.empty()) ::madvise(const_cast<std::byte*>(bytes_.data()), bytes_.size(), MADV_DONTNEED);
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

}  // namespace tvts
