// Zip archives of stored (uncompressed) entries, as torch.save and TorchScript write them, zip64 included. Entries are
// views of the mapped bytes, so that tensors need no copy.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "tvts/core/mapped_file.h"

namespace tvts {

struct ZipEntry {
  std::string name;
  Bytes data;
  bool compressed = false;  // data is empty then: a compressed entry matters only to whom it is asked for
};

class ZipArchive {
 public:
  // Throws Error(kInput) with the archive's name and the offset of what is wrong: sizes and offsets outside the bytes,
  // entries that overlap, a name twice.
  ZipArchive(Bytes bytes, std::string name);

  // Whether the bytes begin like a zip archive.
  static bool begins(Bytes bytes);

  const std::vector<ZipEntry>& entries() const { return entries_; }
  bool contains(const std::string& name) const { return index_.contains(name); }
  // Throws Error(kInput) when there is no such entry, or when it is compressed.
  Bytes read(const std::string& name) const;

 private:
  std::string name_;
  std::vector<ZipEntry> entries_;
  std::unordered_map<std::string, std::size_t> index_;
};

}  // namespace tvts
