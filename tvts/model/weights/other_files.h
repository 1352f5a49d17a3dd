// Files that are no checkpoint and are often met where one should be.
#pragma once

#include <string>
#include <string_view>

namespace tvts {

// As many first bytes as other_file() looks at.
inline constexpr std::size_t kTellingBytes = 512;

struct OtherFile {
  std::string is, to_do;  // "a GGUF file (llama.cpp)", "convert ..."; empty for one of an unknown kind
};
OtherFile other_file(std::string_view beginning);

}  // namespace tvts
