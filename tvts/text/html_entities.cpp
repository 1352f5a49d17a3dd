#include "tvts/text/html_entities.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "tvts/text/codepages.h"
#include "tvts/text/unicode.h"

namespace tvts {
namespace {

struct Entity {
  std::string_view name;  // with its semicolon, where it has one
  std::string_view utf8;
};
#include "tvts/text/html_entities.inc"  // kEntities, kUpperCaseEntities, sorted by name

constexpr std::size_t kLongestName = 32;  // without the semicolon; longer ones are no references

template <std::size_t kCount>
const Entity* find_entity(const Entity (&entities)[kCount], std::string_view name) {
  const auto* found = std::lower_bound(std::begin(entities), std::end(entities), name,
                                       [](const Entity& entity, std::string_view key) { return entity.name < key; });
  return found != std::end(entities) && found->name == name ? found : nullptr;
}

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_letter(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex_digit(char32_t c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
uint32_t digit_value(char32_t c) { return is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10; }

// Code points that a numeric reference must not make; they are dropped.
bool is_forbidden(uint32_t number) {
  const bool control = (number >= 0x1 && number <= 0x8) || number == 0xb || (number >= 0xe && number <= 0x1f) ||
                       (number >= 0x7f && number <= 0x9f);
  return control || (number >= 0xfdd0 && number <= 0xfdef) || (number & 0xfffe) == 0xfffe;
}

std::u32string character_of(uint32_t number) {
  if (number >= 0x80 && number <= 0x9f) return {windows_1252(static_cast<uint8_t>(number))};
  if (number == 0 || number > 0x10ffff || (number >= 0xd800 && number <= 0xdfff)) return U"\ufffd";
  if (is_forbidden(number)) return {};
  return {static_cast<char32_t>(number)};
}

// A reference found at some position: what it stands for, and how many characters it takes, "&" included.
struct Reference {
  std::u32string value;
  std::size_t length = 0;
};

// rest starts with "&#".
std::optional<Reference> numeric_reference(std::u32string_view rest) {
  const bool hex = rest.size() > 2 && (rest[2] == 'x' || rest[2] == 'X');
  const std::size_t first = hex ? 3 : 2;
  std::size_t end = first;
  uint32_t number = 0;
  for (; end < rest.size() && (hex ? is_hex_digit(rest[end]) : is_digit(rest[end])); ++end) {
    if (number <= 0x10ffff) number = number * (hex ? 16 : 10) + digit_value(rest[end]);
  }
  if (end == first) return std::nullopt;
  if (end < rest.size() && rest[end] == ';') ++end;
  return Reference{character_of(number), end};
}

bool ends_name(char32_t c) {
  return c == '\t' || c == '\n' || c == '\f' || c == ' ' || c == '<' || c == '&' || c == '#' || c == ';';
}

// rest starts with "&". The whole name counts first, then ever shorter starts of it.
std::optional<Reference> named_reference(std::u32string_view rest) {
  std::string name;
  std::size_t end = 1;
  while (end < rest.size() && end <= kLongestName && !ends_name(rest[end])) {
    // A character outside ASCII is in no name, but what comes before it may be one.
    name += rest[end] < 0x80 ? static_cast<char>(rest[end]) : '\x7f';
    ++end;
  }
  if (!name.empty() && end < rest.size() && rest[end] == ';') name += ';';
  for (; name.size() >= 2; name.pop_back()) {
    if (const Entity* entity = find_entity(kEntities, name))
      return Reference{decode_utf8(entity->utf8), 1 + name.size()};
  }
  return std::nullopt;
}

// rest starts with "&".
std::optional<Reference> any_reference(std::u32string_view rest) {
  return rest.size() > 1 && rest[1] == '#' ? numeric_reference(rest) : named_reference(rest);
}

// rest starts with "&".
std::optional<Reference> plain_reference(std::u32string_view rest) {
  constexpr std::size_t kLongest = 24;
  const bool numeric = rest.size() > 1 && rest[1] == '#';
  const std::size_t first = numeric ? 2 : 1;
  std::string name;
  std::size_t end = first;
  for (; end < rest.size() && end - first < kLongest && (is_digit(rest[end]) || is_letter(rest[end])); ++end) {
    name += static_cast<char>(rest[end]);
  }
  if (end == first || end == rest.size() || rest[end] != ';') return std::nullopt;
  if (numeric) {
    auto reference = numeric_reference(rest);
    // "&#59;" is a semicolon, and stays as it is for the same reason as "&#12x;".
    const bool whole = reference && reference->length == end + 1 && reference->value != U";";
    return whole ? reference : std::nullopt;
  }
  name += ';';
  const Entity* entity = find_entity(kEntities, name);
  if (entity == nullptr) entity = find_entity(kUpperCaseEntities, name);
  if (entity == nullptr) return std::nullopt;
  return Reference{decode_utf8(entity->utf8), end + 1};
}

template <class Find>
std::u32string replace_references(const std::u32string& text, Find find) {
  std::u32string out;
  out.reserve(text.size());
  const std::u32string_view all = text;
  for (std::size_t i = 0; i < text.size();) {
    const auto reference = text[i] == '&' ? find(all.substr(i)) : std::nullopt;
    if (reference) {
      out += reference->value;
      i += reference->length;
    } else {
      out += text[i++];
    }
  }
  return out;
}

}  // namespace

std::u32string unescape_html(const std::u32string& text) { return replace_references(text, any_reference); }
std::u32string unescape_plain_html(const std::u32string& text) { return replace_references(text, plain_reference); }

}  // namespace tvts
