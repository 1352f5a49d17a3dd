// Finds the files of the model at a path: a file, a folder as Hugging Face and open_clip lay it out, or an index of
// parts.
#pragma once

#include <string>
#include <vector>

namespace tvts {

struct ModelFiles {
  std::string path;                // as messages call it: the file, or the index of the parts
  std::vector<std::string> parts;  // the files to read: the file itself, or the parts in their order
  std::string config;              // the config JSON beside it, which describes only files with one of the usual names
};

// Throws Error(kInput): a folder without a model, an index that is damaged, a part that is not there, or one part given
// for the whole.
ModelFiles model_files(const std::string& path);

}  // namespace tvts
