// The safetensors format: 8 bytes of header length, a JSON header, raw little-endian tensors without gaps.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tvts/model/weights/file_bytes.h"
#include "tvts/model/weights/tensor.h"

namespace tvts {

struct NamedTensor {
  std::string name;
  TensorView view;
};

struct Safetensors {
  std::vector<NamedTensor> tensors;  // in the order of their bytes
  std::map<std::string, std::string> metadata;
};

// True if a file's first bytes, nine or more, are those of a safetensors file.
bool begins_like_safetensors(std::string_view beginning);

// Views into the file; its header is copied. Throws Error(kInput) naming the file and what is wrong: header length,
// JSON, a key twice, an unknown dtype, sizes that contradict the shape, tensors that overlap or leave gaps, a file cut
// short.
Safetensors read_safetensors(const FileBytes& file);

struct TensorEntry {
  std::string name;
  DType dtype = DType::F32;
  Shape shape;
};

// Supplies one tensor's bytes, row-major, little-endian; they must stay valid until the next call. Called once for each
// entry, in order: one tensor at a time is in memory.
using TensorBytes = std::function<Bytes(std::size_t entry)>;

// Writes the file whole or not at all; the tensors keep the order of `entries`.
void write_safetensors(const std::string& path, const std::vector<TensorEntry>& entries,
                       const std::map<std::string, std::string>& metadata, const TensorBytes& bytes_of);

}  // namespace tvts
