// A tar file's members one after another: plain, gzip or zstd.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tvts/media/inputs/archive_ptr.h"

namespace tvts {

class TarStream {
 public:
  // offset: where a member's header begins, in a plain tar. Throws Error(kInput) with the reason alone.
  explicit TarStream(const std::string& path, std::int64_t offset = 0);
  ~TarStream();
  TarStream(const TarStream&) = delete;
  TarStream& operator=(const TarStream&) = delete;

  // The name of the next member, without "./" before it; nothing at the end. Throws Error(kInput) with the reason alone
  // where the file is broken.
  std::optional<std::string> next();

  // Of that member. Where its header begins; nothing in a compressed file, which cannot be entered there.
  std::optional<std::int64_t> header_offset() const;
  // Its bytes; nothing, with the reason, when it is too long or no file. Throws as next() does.
  std::optional<std::vector<std::byte>> read(std::size_t max_bytes, std::string& reason);

 private:
  int file_ = -1;
  std::int64_t offset_ = 0;
  ArchivePtr archive_;  // freed before the file is closed
  archive_entry* entry_ = nullptr;
};

}  // namespace tvts
