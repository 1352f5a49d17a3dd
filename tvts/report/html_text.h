// The common parts of every HTML page: escaping, embedded pictures, the head.
#pragma once

#include <string>
#include <string_view>

namespace tvts {

// For element content and quoted attributes of HTML and XML alike. What may not stand there becomes U+FFFD.
std::string escaped(std::string_view raw);

std::string base64(std::string_view bytes);

// "data:image/jpeg;base64,..." by the first bytes of a JPEG, PNG, GIF or WebP file.
// Throws Error(kInput) on anything else.
std::string picture_uri(std::string_view bytes);

// From the doctype to the main heading. The page takes nothing from outside and runs no script; it follows the reader's
// choice of light or dark by the colours --text, --ground, --soft and --line. style: more CSS.
std::string html_head(std::string_view title, std::string_view style);

inline constexpr std::string_view kHtmlTail = "</main>\n</body>\n</html>\n";

}  // namespace tvts
