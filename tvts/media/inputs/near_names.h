// Warns of class names that differ in case, blanks or punctuation alone. They stay different classes.
#pragma once

#include <string>
#include <vector>

namespace tvts {

// Letters and digits in lower case; bytes beyond ASCII count as letters. "Moving_Left!" is "movingleft".
std::string letters_and_digits(const std::string& name);

// The text of the warning: "C, C++ and C# differ in case, blanks or punctuation alone, and stay 3 classes". Empty where
// there are no such names. names: each once.
std::string near_names_warning(const std::vector<std::string>& names);

}  // namespace tvts
