// Text and numbers as they may stand in a table, a page or a picture.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tvts {

// Valid UTF-8 on one line: bytes that are none, control characters (a terminal would obey them) and what XML does not
// allow become U+FFFD.
std::string one_line(std::string_view raw);

// Characters, not bytes.
std::size_t text_length(std::string_view utf8);
// At most `most` characters, the last of them an ellipsis where some are left out.
std::string shortened(std::string_view utf8, std::size_t most);

// "34.50"; never "-0.00", never a decimal comma.
std::string fixed(double value, int decimals);
// At most so many digits: "0.25", "1e-4".
std::string short_number(double value, int digits = 4);

}  // namespace tvts
