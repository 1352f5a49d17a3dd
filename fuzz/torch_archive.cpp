// torch.save and TorchScript archives: zip, pickle and the module tree. Every number of every tensor can be read.
#include "tvts/model/weights/torch_archive.h"

#include "fuzz/support/target.h"

namespace tvts::fuzz {

void one_input(Bytes input) {
  for (const NamedTensor& tensor : read_torch_archive({input, "input"}).tensors) {
    if (!is_floating(tensor.view.dtype)) continue;
    std::vector<float> values(static_cast<std::size_t>(element_count(tensor.view.shape)));
    copy_to_float(tensor.view, values);
  }
}

}  // namespace tvts::fuzz
