// Names and sizes: from tensors without numbers to a model's configuration. One tensor a line: NAME DTYPE SIZE SIZE
// ...; a line that begins with a brace is the config beside the file.
#include "tvts/model/weights/model_state.h"

#include <sstream>

#include "fuzz/support/target.h"
#include "tvts/core/error.h"
#include "tvts/model/weights/weight_sets.h"

namespace tvts::fuzz {
namespace {

Checkpoint checkpoint_of(const std::string& text) {
  constexpr int kTypes = static_cast<int>(DType::BOOL) + 1;
  Checkpoint checkpoint;
  checkpoint.path = "input";
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('{')) {
      checkpoint.neighbour_config = line;
      continue;
    }
    std::istringstream words(line);
    NamedTensor tensor;
    unsigned dtype = 0;
    words >> tensor.name >> dtype;
    tensor.view.dtype = static_cast<DType>(dtype % kTypes);
    for (int64_t size = 0; tensor.view.shape.size() < 8 && words >> size;) tensor.view.shape.push_back(size);
    element_count(tensor.view.shape);  // what the readers refuse
    tensor.view.strides = contiguous_strides(tensor.view.shape);
    checkpoint.tensors.push_back(std::move(tensor));
  }
  return checkpoint;
}

}  // namespace

// What is opened is a model: valid, with each tensor of the right size.
void one_input(Bytes input) {
  Checkpoint checkpoint = checkpoint_of({reinterpret_cast<const char*>(input.data()), input.size()});
  choose_weights(checkpoint, std::nullopt);
  for (std::size_t i = 0; i < checkpoint.tensors.size(); ++i) checkpoint.index[checkpoint.tensors[i].name] = i;
  const ModelState state = model_state_of(checkpoint, std::nullopt, {.keep_sort_head = true});
  validate(state.spec.config);
  for (const StateEntry& entry : state.entries) {
    TVTS_ASSERT(element_count(entry.shape) > 0);
    if (const TensorParts* tensor = entry.tensor()) TVTS_ASSERT(tensor->shape() == entry.shape);
  }
}

}  // namespace tvts::fuzz
