// Code points: from and to UTF-8, and the few facts of the Unicode tables that cleaning needs (from ICU).
#pragma once

#include <string>
#include <string_view>

namespace tvts {

// Each maximal run of bytes that starts no character becomes one U+FFFD.
std::u32string decode_utf8(std::string_view bytes);
void append_utf8(std::string& out, char32_t code_point);
std::string encode_utf8(std::u32string_view text);

bool is_white_space(char32_t code_point);
// Takes no space where it is shown: joiners, marks of direction, the zero-width space (Default_Ignorable_Code_Point).
bool is_unseen(char32_t code_point);
bool is_decimal_digit(char32_t code_point);
// A letter, a number of any kind or an underscore.
bool is_word_character(char32_t code_point);

// Normalization forms C and D; a run of more than 1023 combining marks is taken in parts.
std::u32string compose(const std::u32string& text);
std::u32string decompose(const std::u32string& text);
// Normalization form KC of one character.
std::u32string compatible_form(char32_t code_point);
// Lower case without regard to language: final sigma is minded, dotted I keeps its dot.
std::string lower_case(const std::string& text);

}  // namespace tvts
