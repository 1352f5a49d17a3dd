// Repairs damaged UTF-8: spaces for no-break spaces, lost bytes, characters in surrogate halves.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tvts {

// Puts byte A0 back where a space stands in what would otherwise be a character.
std::string restore_no_break_spaces(const std::string& bytes);

// Makes U+FFFD of each character in which kLostByte (or, for one of its bytes, "?") stands for bytes that were lost.
std::string replace_lost_characters(const std::string& bytes);

// Reads UTF-8, with characters past U+FFFF in two surrogate halves (CESU-8) and U+0000 as C0 80 allowed; nothing when
// any byte does not fit.
std::optional<std::u32string> decode_lenient_utf8(std::string_view bytes);

}  // namespace tvts
