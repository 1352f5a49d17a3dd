// NumPy's .npy files (format versions 1 to 3, C order, little-endian): read into memory or mapped, written whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tvts/core/mapped_file.h"
#include "tvts/core/whole_file.h"

namespace tvts {

enum class NpyType { kFloat16, kFloat32, kFloat64, kInt64, kUint8 };

struct NpyArray {
  NpyType type = NpyType::kFloat32;
  std::vector<std::int64_t> shape;
  Bytes data;                         // exactly the elements, aligned for their type
  std::shared_ptr<const void> owner;  // keeps `data` alive; null where the caller owns the bytes

  std::size_t element_count() const;
  // TVTS_ASSERT: the array is of this type.
  std::span<const float> float32() const;
  std::span<const std::uint16_t> float16() const;  // the bits
  std::span<const double> float64() const;
  std::span<const std::int64_t> int64() const;
  std::span<const std::uint8_t> uint8() const;
};

// Throw Error(kInput) that names the file and what in it is not as it should be.
NpyArray read_npy(const std::string& path);

// An array whose elements stay in the file, for what is larger than memory should hold.
struct MappedNpy {
  NpyArray array;
  std::shared_ptr<const MappedFile> file;  // check_size() before the elements are used again
};
MappedNpy map_npy(const std::string& path);

// read_npy of bytes in memory, which must outlive the result and be aligned to 8; `name` is for messages.
NpyArray parse_npy(Bytes bytes, const std::string& name);

// Elements of any float type as float32. Throws Error(kInput) on integers, naming `name`.
std::vector<float> to_float32(const NpyArray& array, const std::string& name);

// The header of a float32 array, byte for byte as numpy writes it.
std::string npy_header(std::span<const std::int64_t> shape);

// A [rows, columns] float32 file whose number of rows is known only at the end. Appears whole, at commit().
class NpyWriter {
 public:
  NpyWriter(const std::string& path, std::int64_t columns);
  // Whole rows, one or more. Throws Error(kFailed) like WholeFile.
  void append(std::span<const float> rows);
  void commit();
  std::int64_t rows() const { return rows_; }
  // To be committed with others: the header is in place, and nothing may be appended.
  WholeFile& finished_file();

 private:
  WholeFile file_;
  std::int64_t columns_;
  std::int64_t rows_ = 0;
};

void write_npy(const std::string& path, std::span<const std::int64_t> shape, std::span<const float> values);

}  // namespace tvts
