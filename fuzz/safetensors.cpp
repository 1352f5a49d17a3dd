// The safetensors form: what is read is written again and read as the same.
#include "tvts/model/weights/safetensors.h"

#include "fuzz/support/input_file.h"
#include "fuzz/support/target.h"
#include "tvts/core/error.h"

namespace tvts::fuzz {
namespace {

bool same(const NamedTensor& a, const NamedTensor& b) {
  const Bytes x = a.view.storage, y = b.view.storage;
  return a.name == b.name && a.view.dtype == b.view.dtype && a.view.shape == b.view.shape &&
         std::equal(x.begin(), x.end(), y.begin(), y.end());
}

}  // namespace

void one_input(Bytes input) {
  const Safetensors file = read_safetensors({input, "input"});
  std::vector<TensorEntry> entries;
  for (const NamedTensor& tensor : file.tensors) entries.push_back({tensor.name, tensor.view.dtype, tensor.view.shape});
  const std::string path = scratch_folder() + "/again.safetensors";
  write_safetensors(path, entries, file.metadata, [&](std::size_t i) { return file.tensors[i].view.storage; });
  const FileBytes written(path);
  const Safetensors again = read_safetensors(written);
  TVTS_ASSERT(again.metadata == file.metadata);
  TVTS_ASSERT(std::equal(again.tensors.begin(), again.tensors.end(), file.tensors.begin(), file.tensors.end(), same));
}

}  // namespace tvts::fuzz
