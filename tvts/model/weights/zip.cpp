#include "tvts/model/weights/zip.h"

#include <algorithm>
#include <optional>

#include "tvts/core/error.h"
#include "tvts/model/weights/little_endian.h"

// Layout and field numbers: PKWARE's APPNOTE.TXT, sections 4.3.7 (local header), 4.3.12 (central directory),
// 4.3.14 - 4.3.16 (its end, zip64 and plain) and 4.5.3 (the zip64 extra field).
namespace tvts {
namespace {

constexpr uint32_t kLocalSignature = 0x04034b50;
constexpr uint32_t kCentralSignature = 0x02014b50;
constexpr uint32_t kEndSignature = 0x06054b50;
constexpr uint32_t kEnd64Signature = 0x06064b50;
constexpr uint32_t kLocator64Signature = 0x07064b50;
constexpr std::size_t kLocalSize = 30, kCentralSize = 46, kEndSize = 22, kEnd64Size = 56, kLocator64Size = 20;
constexpr uint64_t kIn64 = 0xffffffff;  // the value is in the zip64 extra field
constexpr uint64_t kMostEntries = 1 << 20, kMostDirectory = 128 << 20;
constexpr uint64_t kLongestComment = 0xffff;
constexpr uint64_t kMostCopied = 32 << 20;  // a pickle; that of a full-size model with its optimizer has about 400 KB

// A part of the file, copied, with bounds checked and errors that say where in the file. Offsets are those of the file.
class Part {
 public:
  Part(const FileBytes& file, uint64_t offset, uint64_t size, const char* what) : file_(file), begin_(offset) {
    if (offset > file.size() || size > file.size() - offset) damaged(offset, what);
    bytes_ = file.copy(offset, size);
  }

  uint64_t begin() const { return begin_; }
  uint64_t end() const { return begin_ + bytes_.size(); }
  [[noreturn]] void damaged(uint64_t offset, const char* what) const {
    fail_input(file_.name(), ": ", what, " at byte ", offset, ": the archive is damaged or cut short (", file_.size(),
               " bytes)");
  }
  void require(uint64_t offset, uint64_t size, const char* what) const {
    if (offset < begin_ || offset > end() || size > end() - offset) damaged(offset, what);
  }
  uint64_t number(uint64_t offset, std::size_t size) const {
    require(offset, size, "a header reaches past the end");
    return little_endian(as_bytes(bytes_), offset - begin_, size);
  }
  std::string text(uint64_t offset, uint64_t size) const {
    require(offset, size, "a name reaches past the end");
    return bytes_.substr(offset - begin_, size);
  }

 private:
  const FileBytes& file_;
  uint64_t begin_;
  std::string bytes_;
};

struct Directory {
  uint64_t offset = 0, size = 0, entries = 0;
};

// The end record is the last one whose comment fills the rest of the file.
uint64_t find_end(const Part& tail) {
  if (tail.end() - tail.begin() >= kEndSize) {
    const uint64_t last = tail.end() - kEndSize;
    const uint64_t first = std::max(tail.begin(), last - std::min<uint64_t>(last, kLongestComment));
    for (uint64_t at = last + 1; at-- > first;) {
      if (tail.number(at, 4) == kEndSignature && at + kEndSize + tail.number(at + 20, 2) == tail.end()) return at;
    }
  }
  tail.damaged(tail.end(), "no end of the zip directory found before the end of the file");
}

Directory read_end(const FileBytes& file) {
  const uint64_t tail_size = std::min<uint64_t>(file.size(), kLocator64Size + kEndSize + kLongestComment);
  const Part tail(file, file.size() - tail_size, tail_size, "");
  const uint64_t end = find_end(tail);
  Directory directory{tail.number(end + 16, 4), tail.number(end + 12, 4), tail.number(end + 10, 2)};
  const bool has_zip64 =
      end - tail.begin() >= kLocator64Size && tail.number(end - kLocator64Size, 4) == kLocator64Signature;
  if (has_zip64) {
    const uint64_t at = tail.number(end - kLocator64Size + 8, 8);
    const Part end64(file, at, kEnd64Size, "the zip64 end record reaches past the end");
    if (end64.number(at, 4) != kEnd64Signature) end64.damaged(at, "no zip64 end record");
    directory = {end64.number(at + 48, 8), end64.number(at + 40, 8), end64.number(at + 32, 8)};
  }
  if (directory.entries > kMostEntries || directory.size > kMostDirectory) {
    tail.damaged(end, "more entries than any model has");
  }
  return directory;
}

struct CentralEntry {
  std::string name;
  uint64_t method = 0, flags = 0, stored_size = 0, size = 0, local_offset = 0;
  uint64_t next = 0;  // offset of the next central entry
};

// Sizes that do not fit 32 bits stand in the extra field, in this order, only those that are missing.
void read_zip64_extra(const Part& in, uint64_t extra, uint64_t extra_end, CentralEntry& entry) {
  while (extra_end - extra >= 4) {
    const uint64_t tag = in.number(extra, 2);
    const uint64_t field_end = extra + 4 + in.number(extra + 2, 2);
    if (field_end > extra_end) in.damaged(extra, "an extra field is longer than its entry");
    if (tag == 1) {
      uint64_t at = extra + 4;
      for (uint64_t* value : {&entry.size, &entry.stored_size, &entry.local_offset}) {
        if (*value != kIn64) continue;
        if (field_end - at < 8) in.damaged(extra, "a zip64 field is too short");
        *value = in.number(at, 8);
        at += 8;
      }
      return;
    }
    extra = field_end;
  }
}

CentralEntry read_central(const Part& in, uint64_t at) {
  in.require(at, kCentralSize, "a directory entry reaches past the end");
  if (in.number(at, 4) != kCentralSignature) in.damaged(at, "no directory entry");
  const uint64_t name_size = in.number(at + 28, 2), extra_size = in.number(at + 30, 2), comment = in.number(at + 32, 2);
  CentralEntry entry;
  entry.flags = in.number(at + 8, 2);
  entry.method = in.number(at + 10, 2);
  entry.stored_size = in.number(at + 20, 4);
  entry.size = in.number(at + 24, 4);
  entry.local_offset = in.number(at + 42, 4);
  entry.name = in.text(at + kCentralSize, name_size);
  const uint64_t extra = at + kCentralSize + name_size;
  in.require(extra, extra_size + comment, "a directory entry reaches past the end");
  read_zip64_extra(in, extra, extra + extra_size, entry);
  entry.next = extra + extra_size + comment;
  return entry;
}

// The offset of an entry's data, behind its local header, whose name must be the directory's.
uint64_t data_offset(const FileBytes& file, const CentralEntry& entry) {
  const uint64_t at = entry.local_offset;
  const Part header(file, at, kLocalSize, "a local header reaches past the end");
  if (header.number(at, 4) != kLocalSignature) header.damaged(at, "no local header");
  const uint64_t name_size = header.number(at + 26, 2), extra_size = header.number(at + 28, 2);
  const Part name(file, at + kLocalSize, name_size, "a name reaches past the end");
  if (name.text(name.begin(), name_size) != entry.name) {
    header.damaged(at, "a local header names another entry than the directory");
  }
  const uint64_t offset = name.end() + extra_size;
  if (offset > file.size() || entry.stored_size > file.size() - offset) {
    header.damaged(at, "an entry reaches past the end");
  }
  return offset;
}

struct Range {
  uint64_t begin, end;
};

void require_apart(const Part& in, std::vector<Range> ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.begin < b.begin; });
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    if (ranges[i].begin < ranges[i - 1].end) in.damaged(ranges[i].begin, "two entries overlap");
  }
}

}  // namespace

bool ZipArchive::begins(std::string_view beginning) { return beginning.starts_with("PK\3\4"); }

ZipArchive::ZipArchive(FileBytes file) : file_(std::move(file)) {
  const Directory directory = read_end(file_);
  const Part in(file_, directory.offset, directory.size, "the zip directory reaches past the end");
  std::vector<Range> ranges;
  uint64_t at = directory.offset;
  for (uint64_t i = 0; i < directory.entries; ++i) {
    CentralEntry entry = read_central(in, at);
    const uint64_t data = data_offset(file_, entry);
    ranges.push_back({entry.local_offset, data + entry.stored_size});
    const bool compressed = entry.method != 0;
    if ((entry.flags & 1) != 0) in.damaged(at, "an encrypted entry (models are not read out of encrypted archives)");
    if (!compressed && entry.size != entry.stored_size) in.damaged(at, "a stored entry with two different sizes");
    if (!index_.emplace(entry.name, entries_.size()).second) in.damaged(at, "a name that occurs twice");
    entries_.push_back({std::move(entry.name), data, entry.stored_size, compressed});
    at = entry.next;
  }
  require_apart(in, std::move(ranges));
}

const ZipEntry& ZipArchive::stored(const std::string& name) const {
  const auto found = index_.find(name);
  if (found == index_.end()) fail_input(file_.name(), ": the archive has no entry '", name, "'");
  const ZipEntry& entry = entries_[found->second];
  if (entry.compressed) {
    fail_input(file_.name(), ": entry '", name,
               "' is compressed; torch.save stores entries as they are: save the file again "
               "with torch.save, or unpack it and pack it with 'zip -0'");
  }
  return entry;
}

Bytes ZipArchive::view(const std::string& name) const {
  const ZipEntry& entry = stored(name);
  return file_.view(entry.offset, entry.size);
}

std::string ZipArchive::copy(const std::string& name) const {
  const ZipEntry& entry = stored(name);
  if (entry.size > kMostCopied) {
    fail_input(file_.name(), ": entry '", name, "' has ", entry.size, " bytes; models have far smaller ones");
  }
  return file_.copy(entry.offset, entry.size);
}

}  // namespace tvts
