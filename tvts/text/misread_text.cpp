#include "tvts/text/misread_text.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "tvts/text/badness.h"
#include "tvts/text/codepages.h"
#include "tvts/text/damaged_utf8.h"

namespace tvts {
namespace {

constexpr int kMostRounds = 64;

// The whole text as UTF-8 that was read in one of the encodings.
std::optional<std::u32string> reread(const std::u32string& text) {
  const auto pages = codepages();
  for (std::size_t i = 0; i < pages.size(); ++i) {
    auto bytes = encode(i, text);
    if (!bytes) continue;
    // In Mac Roman the pattern would be an en dash and a space.
    if (i != kMacRoman) *bytes = restore_no_break_spaces(*bytes);
    if (pages[i].keeps_lost_bytes) *bytes = replace_lost_characters(*bytes);
    if (auto decoded = decode_lenient_utf8(*bytes)) return decoded;
  }
  return std::nullopt;
}

// The role of a character in a misread UTF-8 sequence.
enum Role : uint8_t {
  kFirstOfTwo = 1,
  kFirstOfThree = 2,
  kFirstOfFour = 4,
  kContinuation = 8,
  kSureContinuation = 16  // not a dash, a quote or the like, which stand beside anything
};

std::unordered_map<char32_t, uint8_t> make_roles() {
  std::unordered_map<char32_t, uint8_t> roles;
  for (const Codepage& page : codepages().first(kWindowsPages)) {
    const auto mark = [&](unsigned first, unsigned last, uint8_t role) {
      for (unsigned byte = first; byte <= last; ++byte) roles[page.upper_half[byte - 0x80]] |= role;
    };
    mark(0x80, 0xbf, kContinuation | kSureContinuation);
    mark(0xc2, 0xdf, kFirstOfTwo);
    mark(0xe0, 0xef, kFirstOfThree);
    mark(0xf0, 0xf0, kFirstOfFour);
    mark(0xf3, 0xf3, kFirstOfFour);
  }
  for (const char32_t c : std::u32string_view(U"–—―‘’‚“”„•…")) roles[c] &= static_cast<uint8_t>(~kSureContinuation);
  roles[U' '] |= kContinuation;  // for a no-break space
  return roles;
}

uint8_t role(std::u32string_view text, std::size_t i) {
  static const std::unordered_map<char32_t, uint8_t> roles = make_roles();
  if (i >= text.size()) return 0;
  const auto found = roles.find(text[i]);
  return found != roles.end() ? found->second : 0;
}

// The length of one misread character at `i`, 0 when there is none.
std::size_t sequence_length(std::u32string_view text, std::size_t i) {
  const uint8_t lead = role(text, i);
  if ((lead & (kFirstOfTwo | kFirstOfThree | kFirstOfFour)) == 0) return 0;
  std::size_t continuations = 0;
  while (continuations < 3 && (role(text, i + 1 + continuations) & kContinuation) != 0) ++continuations;
  if ((lead & kFirstOfTwo) != 0 && continuations >= 1) return 2;
  if ((lead & kFirstOfThree) != 0 && continuations >= 2) return 3;
  return (lead & kFirstOfFour) != 0 && continuations >= 3 ? 4 : 0;
}

// The length of the run of misread characters at `i`. Not right after a continuation: half a garble is not repaired.
std::size_t run_length(std::u32string_view text, std::size_t i) {
  if (i > 0 && (role(text, i - 1) & kSureContinuation) != 0) return 0;
  std::size_t end = i;
  while (const std::size_t length = sequence_length(text, end)) end += length;
  return end - i;
}

// Repairs the runs that look misread, each alone.
std::u32string reread_parts(const std::u32string& text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = run_length(text, i);
    std::u32string part = text.substr(i, std::max<std::size_t>(length, 1));
    i += part.size();
    // A part is shorter than the whole, so that this ends.
    const bool misread = length > 0 && length < text.size() && looks_misread(part);
    out += misread ? repair_misread_text(std::move(part)) : part;
  }
  return out;
}

std::u32string repair_once(const std::u32string& text) {
  const bool ascii = std::all_of(text.begin(), text.end(), [](char32_t c) { return c < 0x80; });
  if (ascii || !looks_misread(text)) return text;
  if (auto whole = reread(text)) return *std::move(whole);
  std::u32string parts = reread_parts(text);
  return parts != text ? parts : replace_upper_controls(text);
}

}  // namespace

std::u32string replace_upper_controls(std::u32string text) {
  for (char32_t& c : text) {
    if (c >= 0x80 && c <= 0x9f) c = windows_1252(static_cast<uint8_t>(c));
  }
  return text;
}

std::u32string repair_misread_text(std::u32string text) {
  for (int round = 0; round < kMostRounds; ++round) {
    std::u32string repaired = repair_once(text);
    if (repaired == text) break;
    text = std::move(repaired);
  }
  return text;
}

}  // namespace tvts
