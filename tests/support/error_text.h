// Returns the message of the Error that a call throws, or an empty text when it throws none.
#pragma once

#include <string>

#include "tvts/core/error.h"

namespace tvts::test {

template <class Call>
std::string error_text(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace tvts::test
