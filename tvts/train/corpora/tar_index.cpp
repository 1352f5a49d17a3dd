#include "tvts/train/corpora/tar_index.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <string_view>

#include "tvts/core/error.h"
#include "tvts/media/inputs/shard_samples.h"

namespace tvts {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kLongestNames = std::size_t{1} << 20;  // bytes of a member that names the next one

// A header block: fields at fixed offsets.
class Header {
 public:
  explicit Header(std::string_view block) : block_(block) {}

  bool is_zero() const { return block_.find_first_not_of('\0') == std::string_view::npos; }
  char type() const { return block_[156]; }
  std::string name() const {
    const std::string_view prefix = text(345, 155);
    const bool is_ustar = block_.substr(257, 6) == std::string_view("ustar\0", 6);
    return (is_ustar && !prefix.empty() ? std::string(prefix) + "/" : "") + std::string(text(0, 100));
  }
  // Octal digits, or from the second byte on big-endian where the first has its highest bit set. Nothing: neither.
  std::optional<int64_t> size() const {
    const std::string_view field = block_.substr(124, 12);
    if (static_cast<unsigned char>(field[0]) == 0x80) {
      std::uint64_t value = 0;
      for (const char c : field.substr(4)) value = value << 8 | static_cast<unsigned char>(c);
      const bool fits = field.substr(1, 3) == std::string_view("\0\0\0", 3) && value >> 62 == 0;
      return fits ? std::optional(static_cast<int64_t>(value)) : std::nullopt;
    }
    return octal(field);
  }
  bool checksum_fits() const {
    int64_t sum = 8 * ' ';
    for (std::size_t i = 0; i < kBlock; ++i) {
      if (i < 148 || i >= 156) sum += static_cast<unsigned char>(block_[i]);
    }
    return octal(block_.substr(148, 8)) == sum;
  }

 private:
  std::string_view text(std::size_t begin, std::size_t size) const {
    const std::string_view field = block_.substr(begin, size);
    return field.substr(0, field.find('\0'));
  }
  static std::optional<int64_t> octal(std::string_view field) {
    const std::size_t begin = field.find_first_not_of(' ');
    if (begin == std::string_view::npos) return std::nullopt;
    int64_t value = 0;
    const auto result = std::from_chars(field.data() + begin, field.data() + field.size(), value, 8);
    return result.ec == std::errc() && value >= 0 ? std::optional(value) : std::nullopt;
  }

  std::string_view block_;
};

// The statements about a member in the members before it.
struct Extended {
  std::optional<std::string> name;
  std::optional<int64_t> size;
};

// Records of "LENGTH KEY=VALUE\n", the length that of the whole record. False when they are not so.
bool read_pax(std::string_view records, Extended& extended) {
  while (!records.empty() && records[0] != '\0') {
    std::size_t length = 0;
    const auto [end, error] = std::from_chars(records.data(), records.data() + records.size(), length);
    const auto digits = static_cast<std::size_t>(end - records.data());
    if (error != std::errc() || length > records.size() || length < digits + 3 || *end != ' ') return false;
    const std::string_view record = records.substr(digits + 1, length - digits - 2);
    records.remove_prefix(length);
    const std::size_t equals = record.find('=');
    if (equals == std::string_view::npos) return false;
    const std::string_view key = record.substr(0, equals), value = record.substr(equals + 1);
    if (key == "path") extended.name = value;
    if (key == "size") {
      int64_t size = -1;
      std::from_chars(value.data(), value.data() + value.size(), size);
      if (size < 0) return false;
      extended.size = size;
    }
  }
  return true;
}

class TarScan {
 public:
  explicit TarScan(const InputFile& file) : file_(file) {}

  std::vector<TarMember> members() {
    const std::string beginning = file_.text(0, std::min<std::uint64_t>(file_.size(), 4));
    if (beginning.starts_with("\x1f\x8b") || beginning.starts_with("\x28\xb5\x2f\xfd")) {
      fail_input(file_.path(),
                 ": found a compressed tar, expected a plain one, which can be read at any position; decompress it");
    }
    while (rest() >= kBlock) {
      const std::string block = file_.text(position_, kBlock);
      if (Header(block).is_zero() || !read_member(Header(block))) break;
    }
    if (position_ == 0) fail_input(file_.path(), ": found no tar file, expected one");
    return std::move(members_);
  }

 private:
  std::uint64_t rest() const { return file_.size() - position_; }
  [[noreturn]] void fail_here() const {
    fail_input(file_.path(), ": found damage at byte ", position_, ", expected a tar header");
  }

  // False when the member goes on past the end of the file.
  bool read_member(const Header& header) {
    const std::optional<int64_t> own_size = header.size();
    if (!header.checksum_fits() || !own_size) fail_here();
    const char type = header.type();
    const bool names_next = type == 'x' || type == 'L';
    const bool is_file = type == '0' || type == '\0' || type == '7';
    const bool no_content = type >= '1' && type <= '6';  // links, devices, folders, whatever size they state
    const int64_t size = no_content ? 0 : is_file ? extended_.size.value_or(*own_size) : *own_size;
    const auto length = static_cast<std::uint64_t>(size);
    const std::uint64_t content = position_ + kBlock, content_left = rest() - kBlock;
    if (names_next && (length > kLongestNames || length > content_left)) fail_here();
    if (names_next) read_names(type, file_.text(content, length));
    if (is_file) add(header, content, size);
    if (!names_next) extended_ = {};
    if (length > content_left) return false;
    const std::uint64_t padded = length + (kBlock - length % kBlock) % kBlock;
    position_ = content + std::min(padded, content_left);
    return true;
  }

  void read_names(char type, std::string_view content) {
    if (type == 'L') {
      extended_.name = content.substr(0, content.find('\0'));
    } else if (!read_pax(content, extended_)) {
      fail_here();
    }
  }

  void add(const Header& header, std::uint64_t content, int64_t size) {
    const std::string name = extended_.name.value_or(header.name());
    members_.push_back({std::string(member_name(name)), static_cast<int64_t>(content), size});
  }

  const InputFile& file_;
  std::uint64_t position_ = 0;
  Extended extended_;
  std::vector<TarMember> members_;
};

}  // namespace

std::vector<TarMember> index_tar(const InputFile& file) { return TarScan(file).members(); }

}  // namespace tvts
