// Repairs UTF-8 that was decoded in a single-byte encoding ("donâ€™t").
#pragma once

#include <string>

namespace tvts {

// Repairs until nothing changes: misreadings may be stacked, and may be parts of a text that is right otherwise. The
// steps and their order are those of the ftfy library (6.3, Apache-2.0).
std::u32string repair_misread_text(std::u32string text);

// Control characters 80..9F become what Windows 1252 has in their places.
std::u32string replace_upper_controls(std::u32string text);

}  // namespace tvts
