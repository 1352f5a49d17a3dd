// Cleans a caption for CLIP's tokenizer: repaired, unescaped, white space folded, in lower case.
#pragma once

#include <string>
#include <string_view>

namespace tvts {

// Does what this Python line does with ftfy 6.3:
//   " ".join(html.unescape(html.unescape(ftfy.fix_text(text))).split()).lower()
// Bytes that are not UTF-8 become U+FFFD. Repairs that are repeated until nothing changes stop after 64 rounds, so
// that a text made for it cannot keep a thread busy. Throws Error(kInput) above 16 MiB. Thread-safe.
std::string clean_text(std::string_view text);

// True if nothing that can be seen is left of it: a model's answer to it means nothing.
bool is_blank_text(std::string_view text);

}  // namespace tvts
