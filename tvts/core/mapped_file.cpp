#include "tvts/core/mapped_file.h"

#include <sys/mman.h>
#include <sys/stat.h>

#include "tvts/core/error.h"

namespace tvts {

std::shared_ptr<const MappedFile> MappedFile::open(const std::string& path) { return of(InputFile(path)); }

std::shared_ptr<const MappedFile> MappedFile::of(const InputFile& file) {
  struct stat status {};
  if (::fstat(file.descriptor(), &status) != 0) fail_input("cannot read ", file.path(), ": ", errno_text());
  void* address =
      file.size() == 0 ? nullptr : ::mmap(nullptr, file.size(), PROT_READ, MAP_PRIVATE, file.descriptor(), 0);
  if (address == MAP_FAILED) fail_input("cannot map ", file.path(), ": ", errno_text());
  const Bytes bytes(static_cast<const std::byte*>(address), file.size());
  return std::shared_ptr<const MappedFile>(new MappedFile(file.path(), bytes, {status.st_dev, status.st_ino}));
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
