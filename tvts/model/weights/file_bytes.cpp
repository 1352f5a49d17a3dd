#include "tvts/model/weights/file_bytes.h"

#include <algorithm>

#include "tvts/core/error.h"

namespace tvts {

FileBytes::FileBytes(const std::string& path)
    : name_(path),
      file_(std::make_shared<InputFile>(path)),
      mapped_(MappedFile::of(*file_)),
      bytes_(mapped_->bytes()) {}

std::string FileBytes::copy(uint64_t offset, uint64_t size) const {
  TVTS_ASSERT(offset <= bytes_.size() && size <= bytes_.size() - offset);
  if (file_) return file_->text(offset, size);
  return {reinterpret_cast<const char*>(bytes_.data()) + offset, size};
}

std::string FileBytes::beginning(uint64_t size) const { return copy(0, std::min(size, this->size())); }

}  // namespace tvts
