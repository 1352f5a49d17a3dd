// Warnings about texts that a command is given.
#pragma once

#include <string>
#include <vector>

#include "tvts/text/tokenizer.h"

namespace tvts::cli {

// Warns once, with their number, of texts of which the model reads the beginning alone. `source` says where they are
// from: a file, an option.
void warn_of_cut_texts(const Tokenizer& tokenizer, const std::vector<std::string>& texts, const std::string& source);

}  // namespace tvts::cli
