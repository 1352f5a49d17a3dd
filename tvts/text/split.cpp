#include "tvts/text/split.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace tvts {
namespace {

enum class Kind : uint8_t { kSpace, kLetter, kNumber, kOther };

Kind kind_of_code_point(UChar32 c) {
  const uint32_t category = U_GET_GC_MASK(c);
  if ((category & U_GC_L_MASK) != 0) return Kind::kLetter;
  if ((category & U_GC_N_MASK) != 0) return Kind::kNumber;
  return u_isUWhiteSpace(c) ? Kind::kSpace : Kind::kOther;
}

constexpr std::array<Kind, 128> make_ascii_kinds() {
  std::array<Kind, 128> kinds{};
  for (int c = 0; c < 128; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool space = c == ' ' || (c >= '\t' && c <= '\r');
    const bool number = c >= '0' && c <= '9';
    kinds[static_cast<std::size_t>(c)] = letter   ? Kind::kLetter
                                         : number ? Kind::kNumber
                                         : space  ? Kind::kSpace
                                                  : Kind::kOther;
  }
  return kinds;
}
constexpr std::array<Kind, 128> kAsciiKinds = make_ascii_kinds();

struct Character {
  Kind kind;
  std::size_t end;  // the byte after it
};

Character character_at(std::string_view text, std::size_t position) {
  const auto first = static_cast<uint8_t>(text[position]);
  if (first < 0x80) return {kAsciiKinds[first], position + 1};
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(bytes, position, text.size(), c);
  return {kind_of_code_point(c), position};
}

// Number of bytes of `text` that spell `word` (lower case), letter case ignored; 0 when it does not start with it.
// Without regard to case, "s" is also the long s (U+017F); no other letter of these words has a second lower case.
std::size_t length_of(std::string_view word, std::string_view text) {
  constexpr std::string_view kLongS = "\u017f";
  std::size_t end = 0;
  for (const char c : word) {
    const std::string_view rest = text.substr(end);
    if (c == 's' && rest.starts_with(kLongS)) {
      end += kLongS.size();
    } else if (!rest.empty() && (rest[0] == c || (c >= 'a' && c <= 'z' && rest[0] == c - 'a' + 'A'))) {
      end += 1;
    } else {
      return 0;
    }
  }
  return end;
}

// The length of a special string or a contraction at the start of `text`; 0 when there is none.
std::size_t fixed_piece(std::string_view text, const SpecialStrings& special) {
  constexpr std::array<std::string_view, 7> kContractions = {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"};
  if (text[0] == '<') return std::max(length_of(special.start, text), length_of(special.end, text));
  if (text[0] != '\'') return 0;
  for (const std::string_view contraction : kContractions) {
    if (const std::size_t length = length_of(contraction, text)) return length;
  }
  return 0;
}

}  // namespace

SpecialStrings special_strings(SpecialTokens kind) {
  if (kind == SpecialTokens::kOpenClip) return {"<start_of_text>", "<end_of_text>"};
  return {"<|startoftext|>", "<|endoftext|>"};
}

std::string_view Pieces::next() {
  Character character{Kind::kSpace, position_};
  while (character.kind == Kind::kSpace) {
    position_ = character.end;
    if (position_ == text_.size()) return {};
    character = character_at(text_, position_);
  }
  const std::size_t begin = position_;
  position_ = character.end;
  if (const std::size_t length = fixed_piece(text_.substr(begin), special_)) {
    position_ = begin + length;
  } else if (character.kind != Kind::kNumber) {
    const Kind kind = character.kind;
    while (position_ < text_.size() && (character = character_at(text_, position_)).kind == kind)
      position_ = character.end;
  }
  return text_.substr(begin, position_ - begin);
}

}  // namespace tvts
