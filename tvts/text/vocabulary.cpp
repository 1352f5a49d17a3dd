#include "tvts/text/vocabulary.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>

#include "tvts/core/error.h"
#include "tvts/core/input_file.h"
#include "tvts/text/unicode.h"

namespace tvts {
namespace {

constexpr std::size_t kLargestFile = std::size_t{64} << 20;  // bytes, decompressed; CLIP's has 3.2 MB
constexpr std::string_view kWordEnd = "</w>";

constexpr bool is_printable_byte(int byte) {
  return (byte >= '!' && byte <= '~') || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
}

// The printable bytes come first, then the others; a printable byte is spelled as the character of the same number,
// the others as U+0100 and up.
struct ByteAlphabet {
  std::array<int32_t, 256> token{};
  std::array<char32_t, 256> character{};

  constexpr ByteAlphabet() {
    int32_t next = 0;
    for (int byte = 0; byte < 256; ++byte) {
      if (is_printable_byte(byte)) add(byte, static_cast<char32_t>(byte), next++);
    }
    const int32_t printable = next;
    for (int byte = 0; byte < 256; ++byte) {
      if (is_printable_byte(byte)) continue;
      add(byte, static_cast<char32_t>(0x100 + next - printable), next);
      ++next;
    }
  }
  constexpr void add(int byte, char32_t spelled, int32_t id) {
    token[static_cast<std::size_t>(byte)] = id;
    character[static_cast<std::size_t>(byte)] = spelled;
  }
};
constexpr ByteAlphabet kAlphabet;

}  // namespace

// Reads merges line by line, and keeps every token spelled so far.
class Vocabulary::MergeReader {
 public:
  MergeReader(std::string_view text, std::string source) : rest_(text), source_(std::move(source)) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      std::string spelled;
      append_utf8(spelled, kAlphabet.character[byte]);
      tokens_[spelled] = kAlphabet.token[byte];
      tokens_[spelled.append(kWordEnd)] = kAlphabet.token[byte] + 256;
    }
  }

  bool at_end() const { return rest_.empty(); }

  std::string_view line() {
    ++number_;
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    if (text.ends_with('\r')) text.remove_suffix(1);
    return text;
  }

  // A pair of tokens, which becomes a token of its own.
  Merge merge(std::string_view pair) {
    const std::size_t space = pair.find(' ');
    if (space == std::string_view::npos) fail_line("one word or none", "two tokens with a space between them");
    const Merge merge{token(pair.substr(0, space)), token(pair.substr(space + 1))};
    std::string spelled(pair.substr(0, space));
    spelled += pair.substr(space + 1);
    if (!tokens_.emplace(std::move(spelled), static_cast<int32_t>(tokens_.size())).second) {
      fail_line("a pair that spells a token of an earlier line", "each token once");
    }
    return merge;
  }

  [[noreturn]] void fail_line(std::string_view found, std::string_view expected) const {
    fail_input(source_, ", line ", number_, ": found ", found, ", expected ", expected,
               "; take CLIP's bpe_simple_vocab_16e6.txt.gz");
  }

 private:
  int32_t token(std::string_view spelled) const {
    const auto found = tokens_.find(std::string(spelled));
    if (found == tokens_.end()) fail_line("a word that is no token yet", "bytes or tokens of earlier lines");
    return found->second;
  }

  std::string_view rest_;
  std::string source_;
  int64_t number_ = 0;
  std::unordered_map<std::string, int32_t> tokens_;
};

namespace {

using Archive = std::unique_ptr<archive, decltype(&archive_read_free)>;

[[noreturn]] void fail_archive(const std::string& path, archive* reader) {
  const char* reason = archive_error_string(reader);
  fail_input(path, ": found a file that cannot be unpacked (", reason != nullptr ? reason : "no reason given",
             "), expected a vocabulary, plain or gzip-compressed; fetch it again");
}

// The file's text, unpacked where it is compressed; by libarchive, which reads the tar shards too.
std::string read_text(const std::string& path) {
  const std::string packed = read_file(path);
  if (packed.empty()) fail_input(path, ": found an empty file, expected a vocabulary; fetch it again");
  const Archive reader(archive_read_new(), archive_read_free);
  TVTS_ASSERT(reader != nullptr);
  archive_read_support_filter_gzip(reader.get());
  archive_read_support_format_raw(reader.get());
  archive_entry* entry = nullptr;
  if (archive_read_open_memory(reader.get(), packed.data(), packed.size()) != ARCHIVE_OK ||
      archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK) {
    fail_archive(path, reader.get());
  }
  std::string text;
  std::array<char, 1 << 16> block;
  for (;;) {
    const la_ssize_t got = archive_read_data(reader.get(), block.data(), block.size());
    if (got < 0) fail_archive(path, reader.get());
    if (got == 0) return text;
    text.append(block.data(), static_cast<std::size_t>(got));
    if (text.size() > kLargestFile) fail_input(path, ": found more than 64 MiB of text, expected a vocabulary of 3 MB");
  }
}

}  // namespace

Vocabulary Vocabulary::from_file(const std::string& path) {
  const std::string text = read_text(path);
  MergeReader reader(text, path);
  if (reader.line().find("#version") == std::string_view::npos) {
    reader.fail_line("no version", "a header with \"#version\"");
  }
  Vocabulary vocabulary;
  while (vocabulary.merges_.size() < kClipMerges) {
    if (reader.at_end()) reader.fail_line("the end of the file", "48894 merges after the header");
    vocabulary.add_merge(reader);
  }
  return vocabulary;
}

Vocabulary Vocabulary::from_merges(std::string_view text) {
  if (text.size() > kLargestFile) fail_input("merges: found more than 64 MiB of text, expected a vocabulary of 3 MB");
  MergeReader reader(text, "merges");
  Vocabulary vocabulary;
  while (!reader.at_end()) vocabulary.add_merge(reader);
  return vocabulary;
}

void Vocabulary::add_merge(MergeReader& reader) {
  const std::string_view line = reader.line();
  merges_.push_back(reader.merge(line));
  merges_text_.append(line).append("\n");
}

Vocabulary Vocabulary::prefix(std::size_t count) const {
  if (count > merges_.size()) {
    fail_input("vocabulary: found ", merges_.size(), " merges, expected at least ", count,
               "; the model was made for a larger vocabulary, which its file should carry");
  }
  Vocabulary shorter;
  shorter.merges_.assign(merges_.begin(), merges_.begin() + static_cast<std::ptrdiff_t>(count));
  std::size_t end = 0;
  for (std::size_t line = 0; line < count; ++line) end = merges_text_.find('\n', end) + 1;
  shorter.merges_text_ = merges_text_.substr(0, end);
  return shorter;
}

int32_t byte_token(uint8_t byte) { return kAlphabet.token[byte]; }

}  // namespace tvts
