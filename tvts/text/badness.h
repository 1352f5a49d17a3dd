// Tells whether a text looks misread. Letters, signs and punctuation of the kinds that misreading makes stand side by
// side in ways that no language writes. The heuristic is that of the ftfy library (6.3, Apache-2.0), whose character
// classes and contexts are kept, so that the same texts count as misread.
#pragma once

#include <string_view>

namespace tvts {

bool looks_misread(std::u32string_view text);

}  // namespace tvts
