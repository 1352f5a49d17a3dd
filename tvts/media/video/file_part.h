// A part of an open file, and the numbers and names in it. For headers: reads are a few bytes each, and what lies
// beyond the part is not there.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "tvts/media/video/av_ptr.h"

namespace tvts {

enum class ByteOrder { kLittleEndian, kBigEndian };

// The number in bytes [begin, begin + size), size at most 7.
inline int64_t read_number(std::span<const std::uint8_t> bytes, std::size_t begin, std::size_t size, ByteOrder order) {
  int64_t number = 0;
  for (std::size_t i = 0; i < size; ++i) {
    number = number * 256 + bytes[begin + (order == ByteOrder::kBigEndian ? i : size - 1 - i)];
  }
  return number;
}

// The four letters that name a chunk or box.
inline std::string_view name_at(std::span<const std::uint8_t> bytes, std::size_t begin) {
  return {reinterpret_cast<const char*>(bytes.data()) + begin, 4};
}

class FilePart {
 public:
  explicit FilePart(AVIOContext& input) : input_(&input), size_(std::max<int64_t>(0, avio_size(&input))) {}

  int64_t size() const { return size_; }

  // [begin, begin + size) of this part, as far as it goes.
  FilePart part(int64_t begin, int64_t size) const {
    const int64_t from = std::clamp<int64_t>(begin, 0, size_);
    return {*input_, begin_ + from, std::clamp<int64_t>(size, 0, size_ - from)};
  }

  // Nothing where the part does not hold them all.
  template <std::size_t count>
  std::optional<std::array<std::uint8_t, count>> read(int64_t at) const {
    std::array<std::uint8_t, count> bytes;
    return read_into(at, bytes) ? std::optional(bytes) : std::nullopt;
  }

  // The whole part, or its first `most` bytes.
  std::vector<std::uint8_t> bytes(int64_t most) const {
    std::vector<std::uint8_t> all(static_cast<std::size_t>(std::min(size_, most)));
    if (!read_into(0, all)) all.clear();
    return all;
  }

 private:
  FilePart(AVIOContext& input, int64_t begin, int64_t size) : input_(&input), begin_(begin), size_(size) {}

  bool read_into(int64_t at, std::span<std::uint8_t> bytes) const {
    const auto count = static_cast<int64_t>(bytes.size());
    if (at < 0 || at > size_ - count) return false;
    if (avio_seek(input_, begin_ + at, SEEK_SET) < 0) return false;
    return avio_read(input_, bytes.data(), static_cast<int>(count)) == count;
  }

  AVIOContext* input_;
  int64_t begin_ = 0, size_ = 0;
};

}  // namespace tvts
