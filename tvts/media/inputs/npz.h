// Several named float32 arrays in one file, as numpy.savez writes it. Equal entries give equal bytes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tvts {

struct NpzEntry {
  std::string name;  // without .npy
  std::vector<std::int64_t> shape;
  std::span<const float> values;
};

// Throws Error(kFailed) when the file cannot be written. It appears whole.
void write_npz(const std::string& path, const std::vector<NpzEntry>& entries);

}  // namespace tvts
