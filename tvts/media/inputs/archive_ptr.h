// Ownership of libarchive's objects.
#pragma once

#include <memory>

struct archive;
struct archive_entry;

namespace tvts {

struct ArchiveFree {
  void operator()(archive* reader_or_writer) const;
  void operator()(archive_entry* entry) const;
};
using ArchivePtr = std::unique_ptr<archive, ArchiveFree>;
using ArchiveEntryPtr = std::unique_ptr<archive_entry, ArchiveFree>;

}  // namespace tvts
