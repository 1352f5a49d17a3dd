// Model files of zeros with the tensors of a family, for tests to leave some out, add or change.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/model/weights/made_files.h"
#include "tvts/model/weights/expected.h"
#include "tvts/model/weights/names.h"

namespace tvts::test {

// The sizes of make_files.py.
inline ModelConfig small_config() {
  ModelConfig config;
  config.name = "small";
  config.embed_dim = 32;
  config.video = {.width = 64, .layers = 2, .heads = 1, .patch_size = 8, .image_size = 16, .num_frames = 3};
  config.text = {.width = 64, .layers = 2, .heads = 1, .context_length = 12, .vocab_size = 40};
  return config;
}

// Under the family's own names, `prefix` in front of each.
inline std::vector<TensorEntry> entries_of(Family family, const ModelConfig& config = small_config(),
                                           const std::string& prefix = "") {
  std::vector<TensorEntry> entries;
  for (const ExpectedTensor& tensor : expected_tensors(config)) {
    const auto source = source_of(family, tensor.name);
    if (!source) continue;
    Shape shape = tensor.shape;
    if (source->transposed) std::swap(shape.at(0), shape.at(1));
    shape.at(0) /= static_cast<int64_t>(source->names.size());
    for (const std::string& name : source->names) entries.push_back({prefix + name, DType::F32, shape});
  }
  return entries;
}

inline std::string write_zeros(const std::vector<TensorEntry>& entries,
                               const std::map<std::string, std::string>& metadata = {},
                               const std::string& name = "written.safetensors") {
  const std::string path = scratch_folder() + "/" + name;
  std::vector<std::byte> zeros;
  write_safetensors(path, entries, metadata, [&](std::size_t i) {
    zeros.assign(static_cast<std::size_t>(element_count(entries[i].shape)) * byte_size(entries[i].dtype), std::byte{0});
    return Bytes(zeros);
  });
  return path;
}

// A name of each, of one number.
inline std::string write_names(const std::vector<std::string>& names, const std::string& file = "names.safetensors") {
  std::vector<TensorEntry> entries;
  for (const std::string& name : names) entries.push_back({name, DType::F32, {1}});
  return write_zeros(entries, {}, file);
}

}  // namespace tvts::test
