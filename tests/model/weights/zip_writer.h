// Zip archives byte by byte, right ones and wrong ones.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tvts::test {

class ZipWriter {
 public:
  explicit ZipWriter(bool zip64 = false) : zip64_(zip64) {}

  ZipWriter& add(const std::string& name, const std::string& data, int method = 0) {
    entries_.push_back({name, body_.size(), data.size(), method});
    body_ += number(0x04034b50, 4) + number(0, 4) + number(static_cast<uint64_t>(method), 2) + std::string(8, '\0') +
             number(data.size(), 4) + number(data.size(), 4) + number(name.size(), 2) + number(0, 2) + name + data;
    return *this;
  }
  // A directory entry with a local header that is there already.
  ZipWriter& alias(const std::string& name, std::size_t entry) {
    entries_.push_back({name, entries_[entry].offset, entries_[entry].size, entries_[entry].method});
    return *this;
  }
  // The directory says that the last entry is longer than it is.
  ZipWriter& stretch(uint64_t more) {
    entries_.back().size += more;
    return *this;
  }

  std::string finish(const std::string& comment = "") const {
    std::string directory;
    for (const Entry& entry : entries_) directory += central(entry);
    std::string end;
    if (zip64_) {
      end = number(0x06064b50, 4) + number(44, 8) + number(45, 4) + number(0, 8) + number(entries_.size(), 8) +
            number(entries_.size(), 8) + number(directory.size(), 8) + number(body_.size(), 8) + number(0x07064b50, 4) +
            number(0, 4) + number(body_.size() + directory.size(), 8) + number(1, 4);
    }
    const uint64_t count = zip64_ ? 0xffff : entries_.size();
    end += number(0x06054b50, 4) + number(0, 4) + number(count, 2) + number(count, 2) + number(directory.size(), 4) +
           number(zip64_ ? 0xffffffff : body_.size(), 4) + number(comment.size(), 2) + comment;
    return body_ + directory + end;
  }

  static std::string number(uint64_t value, int size) {
    std::string bytes;
    for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
    return bytes;
  }

 private:
  struct Entry {
    std::string name;
    uint64_t offset = 0, size = 0;
    int method = 0;
  };

  std::string central(const Entry& entry) const {
    const std::string extra =
        number(1, 2) + number(24, 2) + number(entry.size, 8) + number(entry.size, 8) + number(entry.offset, 8);
    const auto narrow = [&](uint64_t value) { return number(zip64_ ? 0xffffffff : value, 4); };
    return number(0x02014b50, 4) + std::string(6, '\0') + number(static_cast<uint64_t>(entry.method), 2) +
           std::string(8, '\0') + narrow(entry.size) + narrow(entry.size) + number(entry.name.size(), 2) +
           number(zip64_ ? extra.size() : 0, 2) + std::string(10, '\0') + narrow(entry.offset) + entry.name +
           (zip64_ ? extra : "");
  }

  bool zip64_;
  std::string body_;
  std::vector<Entry> entries_;
};

}  // namespace tvts::test
