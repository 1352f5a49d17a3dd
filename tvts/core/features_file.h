// Features made elsewhere: an array [rows, E] in an .npy file.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tvts {

struct FeatureMatrix {
  std::size_t rows = 0, dim = 0;
  std::vector<float> values;  // [rows, dim]
};

// Of any float type (numpy's own is float64). Throws Error(kInput) naming the file where it holds anything else, no
// row, or numbers that are not finite.
FeatureMatrix read_features(const std::string& path);

}  // namespace tvts
