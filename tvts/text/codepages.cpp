#include "tvts/text/codepages.h"

#include <unordered_map>
#include <vector>

namespace tvts {
namespace {

#include "tvts/text/codepages.inc"  // kCodepages

using ByteOf = std::unordered_map<char32_t, char>;

// The reverse of each codepage's upper half.
const std::vector<ByteOf>& reverse() {
  static const std::vector<ByteOf> maps = [] {
    std::vector<ByteOf> all;
    for (const Codepage& page : kCodepages) {
      ByteOf& map = all.emplace_back();
      for (std::size_t i = 0; i < page.upper_half.size(); ++i) map[page.upper_half[i]] = static_cast<char>(0x80 + i);
    }
    return all;
  }();
  return maps;
}

}  // namespace

std::span<const Codepage> codepages() { return kCodepages; }

std::optional<std::string> encode(std::size_t page, std::u32string_view text) {
  const ByteOf& bytes = reverse().at(page);
  const bool keeps_lost_bytes = kCodepages[page].keeps_lost_bytes;
  std::string out;
  out.reserve(text.size());
  for (const char32_t c : text) {
    if (keeps_lost_bytes && c == U'\ufffd') {
      out += kLostByte;
    } else if (c < 0x80) {
      if (keeps_lost_bytes && c == static_cast<char32_t>(kLostByte)) return std::nullopt;
      out += static_cast<char>(c);
    } else if (const auto found = bytes.find(c); found != bytes.end()) {
      out += found->second;
    } else {
      return std::nullopt;
    }
  }
  return out;
}

char32_t windows_1252(uint8_t byte) { return kCodepages[1].upper_half[byte & 0x7f]; }

}  // namespace tvts
