// Cuts a cleaned text into the pieces that are encoded one by one: what CLIP's regular expression
//   start | end | 's | 't | 're | 've | 'm | 'll | 'd | [\p{L}]+ | [\p{N}] | [^\s\p{L}\p{N}]+
// finds, letter case ignored.
#pragma once

#include <cstddef>
#include <string_view>

#include "tvts/config/model_spec.h"

namespace tvts {

// The spelling of the two special tokens, in lower case.
struct SpecialStrings {
  std::string_view start;
  std::string_view end;
};
SpecialStrings special_strings(SpecialTokens kind);

// Walks over the pieces of a UTF-8 text in order; white space between them is skipped.
class Pieces {
 public:
  Pieces(std::string_view text, const SpecialStrings& special) : text_(text), special_(special) {}

  // The next piece; empty at the end of the text.
  std::string_view next();

 private:
  std::string_view text_;
  SpecialStrings special_;
  std::size_t position_ = 0;
};

}  // namespace tvts
