// What a call's Error says, or nothing when it does not throw one.
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
