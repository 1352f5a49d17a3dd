// Weights in any readable form, recognised by content, never by name: one file, or the parts that an index lists.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tvts/model/weights/safetensors.h"

namespace tvts {

enum class CheckpointForm {
  kSafetensors,
  kTorchSave,   // torch.save: a state dict, or dicts that hold one
  kTorchScript  // torch.jit.save: the tensors of a module tree
};
std::string to_string(CheckpointForm form);  // as a sentence names it: "a torch.save archive"

struct Checkpoint {
  std::string path;  // the file that was read: inside the folder, when a folder was given; of parts, their index
  CheckpointForm form = CheckpointForm::kSafetensors;
  // Floating and integer ones, of one set of weights, without what training tools put in front of the names.
  std::vector<NamedTensor> tensors;
  std::vector<std::string> left_out;            // names of the tensors outside of that set
  std::vector<std::string> notes, warnings;     // for the log: what was stripped, what was left out
  std::map<std::string, std::string> metadata;  // of a safetensors file
  std::string neighbour_config;                 // the config JSON beside the file (Hugging Face, open_clip), else empty
  std::unordered_map<std::string, std::size_t> index;    // of the tensors, by name
  std::vector<std::shared_ptr<const MappedFile>> files;  // keep the tensors' bytes

  // Null when there is none.
  const TensorView* find(const std::string& name) const;
};

// `weights`: which set of weights to take where the file holds several (weight_sets.h).
// Throws Error(kInput) naming the file, what it is and what can be read instead.
Checkpoint read_checkpoint(const std::string& path, const std::optional<std::string>& weights = std::nullopt);

}  // namespace tvts
