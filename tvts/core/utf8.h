// Raw bytes as valid UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace tvts {

// The text with U+FFFD for each byte that is no part of valid UTF-8. *was_valid, if given: whether there was none.
std::string to_utf8(std::string_view raw, bool* was_valid = nullptr);

// The text with \u0000 written for each zero byte, at which the message of an exception would end.
std::string without_zero_bytes(std::string_view text);

}  // namespace tvts
