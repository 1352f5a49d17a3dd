#include "tvts/model/pretrained/save_model.h"

#include <unordered_map>

#include "tvts/core/error.h"
#include "tvts/model/pretrained/entry_values.h"
#include "tvts/model/weights/expected.h"
#include "tvts/model/weights/model_json.h"
#include "tvts/model/weights/safetensors.h"

namespace tvts {

void save_state(const std::string& path, const ModelState& state, std::uint64_t seed) {
  std::vector<TensorEntry> entries;
  for (const StateEntry& entry : state.entries) entries.push_back({.name = entry.name, .shape = entry.shape});
  std::vector<float> values;
  write_safetensors(path, entries, spec_to_metadata(state.spec), [&](std::size_t index) {
    values.resize(static_cast<std::size_t>(element_count(entries[index].shape)));
    state.check_size();
    write_values(state.entries[index], seed, values);
    return std::as_bytes(std::span(values));
  });
}

void save_model(const std::string& path, const DualEncoder& model, const ModelSpec& spec) {
  TVTS_ASSERT(spec.config == model.config);
  std::unordered_map<std::string, at::Tensor> parameters;
  for (auto& [name, parameter] : named_parameters(model)) parameters[name] = parameter;
  std::vector<TensorEntry> entries;
  std::vector<ExpectedTensor> expected = expected_tensors(spec.config);
  if (!model.sort_head.is_empty()) {
    const auto sort_head = expected_sort_head(spec.config, parameters.at("pred_model.head.bias").size(0));
    expected.insert(expected.end(), sort_head.begin(), sort_head.end());
  }
  for (const ExpectedTensor& tensor : expected) {
    TVTS_ASSERT(parameters.contains(tensor.name));
    entries.push_back({.name = tensor.name, .shape = tensor.shape});
  }
  at::Tensor held;
  write_safetensors(path, entries, spec_to_metadata(spec), [&](std::size_t index) {
    held = parameters.at(entries[index].name).detach().to(at::kCPU, at::kFloat).contiguous();
    return Bytes(static_cast<const std::byte*>(held.data_ptr()), held.nbytes());
  });
}

}  // namespace tvts
