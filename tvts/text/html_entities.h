// Decodes characters written as HTML references: &amp; &#39; &#x27;
#pragma once

#include <string>

namespace tvts {

// Every reference that a browser would resolve, also without its semicolon (&copy 2020), by the rules of HTML 5 as
// Python's html.unescape applies them.
std::u32string unescape_html(const std::u32string& text);

// Only references that end in a semicolon and leave none behind; names in capitals too (&EACUTE;).
std::u32string unescape_plain_html(const std::u32string& text);

}  // namespace tvts
