#include "tvts/core/json/json_text.h"

#include "tvts/core/error.h"

namespace tvts {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

}  // namespace

std::string to_hex(std::string_view raw) {
  std::string hex;
  for (const char c : raw) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

std::string from_hex(std::string_view hex) {
  if (hex.size() % 2 != 0 || hex.find_first_not_of(kDigits) != std::string_view::npos) {
    fail_input("found \"", to_utf8(hex.substr(0, 40)), "\", expected bytes as pairs of digits 0-9 a-f");
  }
  std::string raw;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    raw += static_cast<char>(kDigits.find(hex[i]) * 16 + kDigits.find(hex[i + 1]));
  }
  return raw;
}

Json path_fields(std::string_view raw) {
  bool was_valid = true;
  Json fields = {{"path", to_utf8(raw, &was_valid)}};
  if (!was_valid) fields["path_bytes"] = to_hex(raw);
  return fields;
}

std::string path_from_fields(const Json& object, const std::string& column) {
  if (const auto bytes = object.find("path_bytes"); bytes != object.end() && bytes->is_string()) {
    return from_hex(bytes->get_ref<const std::string&>());
  }
  const auto path = object.find(column);
  if (path == object.end() || !path->is_string()) fail_input("found no text \"", column, "\" in the object");
  return *path;
}

}  // namespace tvts
