// Repairs a text that was mangled on its way: misread encodings, HTML references, odd forms of common characters.
#pragma once

#include <string>

namespace tvts {

// Line by line, as the ftfy library's fix_text does with its default options. Surrogates need no repair here: UTF-8
// has none. Each line is repaired until nothing changes, at most 64 times.
std::u32string fix_text(const std::u32string& text);

}  // namespace tvts
