// Raw bytes (file names, captions) as JSON text, and back.
#pragma once

#include <string>
#include <string_view>

#include "tvts/core/json/parse_json.h"
#include "tvts/core/utf8.h"  // to_utf8

namespace tvts {

// Two lower-case digits a byte, and back. from_hex throws Error(kInput) on anything else.
std::string to_hex(std::string_view raw);
std::string from_hex(std::string_view hex);

// {"path": ...}, and "path_bytes" with the exact bytes in hexadecimal where the name is not UTF-8.
Json path_fields(std::string_view raw);

// The path that path_fields() wrote; `column` is the name of the plain field.
// Throws Error(kInput) when neither field is there as a string.
std::string path_from_fields(const Json& object, const std::string& column = "path");

}  // namespace tvts
