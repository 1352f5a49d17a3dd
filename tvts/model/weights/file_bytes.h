// The bytes of a model file as its parsers see them: what is parsed is copied out of the file, so that it cannot change
// or vanish meanwhile; the weights stay mapped.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tvts/core/input_file.h"
#include "tvts/core/mapped_file.h"

namespace tvts {

class FileBytes {
 public:
  // Throws Error(kInput) when the path cannot be opened or is not a regular file.
  explicit FileBytes(const std::string& path);
  // Bytes in memory, which must outlive this; `name` is for messages.
  FileBytes(Bytes bytes, std::string name) : name_(std::move(name)), bytes_(bytes) {}

  const std::string& name() const { return name_; }
  uint64_t size() const { return bytes_.size(); }
  // Null where the bytes are in memory.
  const std::shared_ptr<const MappedFile>& mapped() const { return mapped_; }

  // The range must lie inside. Throws Error(kInput) when the file was cut short since it was opened.
  std::string copy(uint64_t offset, uint64_t size) const;
  // The first bytes, fewer where the file is shorter.
  std::string beginning(uint64_t size) const;
  // Of weights: not read until they are used, after MappedFile::check_size(). The range must lie inside.
  Bytes view(uint64_t offset, uint64_t size) const { return bytes_.subspan(offset, size); }

 private:
  std::string name_;
  std::shared_ptr<const InputFile> file_;
  std::shared_ptr<const MappedFile> mapped_;
  Bytes bytes_;
};

inline Bytes as_bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

}  // namespace tvts
