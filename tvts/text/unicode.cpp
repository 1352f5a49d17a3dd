#include "tvts/text/unicode.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <limits>

#include "tvts/core/error.h"

namespace tvts {
namespace {

icu::UnicodeString to_icu(std::u32string_view text) {
  TVTS_ASSERT(text.size() <= static_cast<std::size_t>(std::numeric_limits<int32_t>::max()) / 2);
  return icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()),
                                       static_cast<int32_t>(text.size()));
}

std::u32string from_icu(const icu::UnicodeString& text) {
  std::u32string out;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) out += static_cast<char32_t>(text.char32At(i));
  return out;
}

std::u32string normalize(const icu::Normalizer2* form, std::u32string_view text, UErrorCode status) {
  const icu::UnicodeString normal = form->normalize(to_icu(text), status);
  TVTS_ASSERT(U_SUCCESS(status));
  return from_icu(normal);
}

// Block by block: a run of marks is sorted in a time that grows with its square. Only a longer run is cut.
std::u32string normalize_in_blocks(const icu::Normalizer2* form, const std::u32string& text, UErrorCode status) {
  constexpr std::size_t kBlock = 1024;
  std::u32string out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t longest = std::min(begin + kBlock, text.size());
    std::size_t end = longest;
    while (end > begin && end < text.size() && !form->hasBoundaryBefore(static_cast<UChar32>(text[end]))) --end;
    if (end == begin) end = longest;
    out += normalize(form, std::u32string_view(text).substr(begin, end - begin), status);
    begin = end;
  }
  return out;
}

}  // namespace

std::u32string decode_utf8(std::string_view bytes) {
  std::u32string out;
  out.reserve(bytes.size());
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  for (std::size_t i = 0; i < bytes.size();) {
    UChar32 code_point = 0;
    U8_NEXT_OR_FFFD(data, i, bytes.size(), code_point);
    out += static_cast<char32_t>(code_point);
  }
  return out;
}

void append_utf8(std::string& out, char32_t code_point) {
  char bytes[U8_MAX_LENGTH];
  std::size_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, static_cast<UChar32>(code_point));
  out.append(bytes, length);
}

std::string encode_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char32_t code_point : text) append_utf8(out, code_point);
  return out;
}

bool is_white_space(char32_t code_point) { return u_isUWhiteSpace(static_cast<UChar32>(code_point)); }

bool is_unseen(char32_t code_point) {
  return u_hasBinaryProperty(static_cast<UChar32>(code_point), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

bool is_decimal_digit(char32_t code_point) {
  return u_charType(static_cast<UChar32>(code_point)) == U_DECIMAL_DIGIT_NUMBER;
}

bool is_word_character(char32_t code_point) {
  const auto c = static_cast<UChar32>(code_point);
  return c == '_' || (U_GET_GC_MASK(c) & U_GC_L_MASK) != 0 || u_getIntPropertyValue(c, UCHAR_NUMERIC_TYPE) != U_NT_NONE;
}

std::u32string compose(const std::u32string& text) {
  constexpr char32_t kFirstCombining = 0x300;  // what lies below is composed as it stands
  if (std::all_of(text.begin(), text.end(), [](char32_t c) { return c < kFirstCombining; })) return text;
  UErrorCode status = U_ZERO_ERROR;
  return normalize_in_blocks(icu::Normalizer2::getNFCInstance(status), text, status);
}

std::u32string decompose(const std::u32string& text) {
  UErrorCode status = U_ZERO_ERROR;
  return normalize_in_blocks(icu::Normalizer2::getNFDInstance(status), text, status);
}

std::u32string compatible_form(char32_t code_point) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKCInstance(status);
  return normalize(form, std::u32string_view(&code_point, 1), status);
}

std::string lower_case(const std::string& text) {
  std::string out;
  icu::UnicodeString::fromUTF8(text).toLower(icu::Locale::getRoot()).toUTF8String(out);
  return out;
}

}  // namespace tvts
