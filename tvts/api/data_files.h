// Files that are installed with tvts: its vocabulary, its small model, its neutral texts.
#pragma once

#include <string>

namespace tvts {

// The path of such a file, "neutral_texts.txt": in share/tvts of the folder that the program or the shared library lies
// in which holds this code (a Python package), or of the folder above (bin/, lib/). Throws Error(kInput) saying where
// it was looked for.
std::string data_file(const std::string& name);

std::string vocabulary_path();
// Of an empty `file` the small model that comes with tvts (docs/small-model.md).
std::string pretrained_or_small(const std::string& file);

}  // namespace tvts
