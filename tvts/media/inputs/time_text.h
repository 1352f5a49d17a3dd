// Parses times in tables, as people and programs write them.
#pragma once

#include <string>
#include <string_view>

namespace tvts {

// "12.5" (seconds) or "HH:MM:SS" with or without a fraction, as seconds from 0 on.
// Throws Error(kInput) that names `what` and says what is wrong: "0:01", of which it is not clear whether these are
// minutes and seconds or hours and minutes, among others.
double seconds_from_text(std::string_view text, const std::string& what);

}  // namespace tvts
