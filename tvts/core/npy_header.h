// The text at the start of a .npy file: {'descr': '<f4', 'fortran_order': False, 'shape': (3, 512), }
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tvts {

struct NpyHeader {
  std::string descr;
  bool fortran_order = false;
  std::vector<std::int64_t> shape;  // none negative
};

// Throws Error(kInput) that begins with `name` when the text is anything but such a dictionary with all three keys.
NpyHeader parse_npy_header(std::string_view text, const std::string& name);

}  // namespace tvts
