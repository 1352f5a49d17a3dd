// Zip archives of stored (uncompressed) entries, as torch.save and TorchScript write them, zip64 included. Entries are
// views of the mapped bytes, so that tensors need no copy; the directory and the local headers are copied and checked.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tvts/model/weights/file_bytes.h"

namespace tvts {

struct ZipEntry {
  std::string name;
  uint64_t offset = 0, size = 0;  // of its data in the file
  bool compressed = false;        // an error only where the entry is used
};

class ZipArchive {
 public:
  // Throws Error(kInput) with the archive's name and the offset of what is wrong: sizes and offsets outside the bytes,
  // entries that overlap, a name twice.
  explicit ZipArchive(FileBytes file);

  // True if a file's first bytes are those of a zip archive.
  static bool begins(std::string_view beginning);

  const std::vector<ZipEntry>& entries() const { return entries_; }
  bool contains(const std::string& name) const { return index_.contains(name); }
  // An entry's bytes, mapped or copied. Throw Error(kInput) when there is no such entry, or when it is compressed.
  Bytes view(const std::string& name) const;
  std::string copy(const std::string& name) const;

 private:
  const ZipEntry& stored(const std::string& name) const;

  FileBytes file_;
  std::vector<ZipEntry> entries_;
  std::unordered_map<std::string, std::size_t> index_;
};

}  // namespace tvts
