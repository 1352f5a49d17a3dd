#include "tvts/store/shard_values.h"

#include <bit>
#include <cstdint>

#include "tvts/core/error.h"

namespace tvts {

MappedNpy map_rows(const std::string& path) {
  MappedNpy rows = map_npy(path);
  if (rows.array.type != NpyType::kFloat32 || rows.array.shape.size() != 2 || rows.array.shape[1] < 1) {
    fail_input(path, ": found another array than float32 [rows, E]; embed the videos again");
  }
  return rows;
}

// Infinities and NaN are the floats whose exponent has every bit set.
bool is_finite(const float* values, std::size_t size) {
  constexpr std::uint32_t kExponent = 0x7f800000;
  bool has_other = false;
  for (std::size_t i = 0; i < size; ++i)
    has_other |= (std::bit_cast<std::uint32_t>(values[i]) & kExponent) == kExponent;
  return !has_other;
}

void check_values(const std::string& path, const std::string& metadata, std::size_t lines, std::size_t dim) {
  const MappedNpy found = map_rows(path);
  const auto& shape = found.array.shape;
  if (static_cast<std::size_t>(shape[0]) != lines || static_cast<std::size_t>(shape[1]) != dim) {
    fail_input(path, ": found ", shape[0], " rows of ", shape[1], " numbers, expected ", dim, " for each of the ",
               lines, " lines of ", metadata);
  }
  const auto values = found.array.float32();
  if (!is_finite(values.data(), values.size())) fail_input(path, ": found values that are not finite");
}

}  // namespace tvts
