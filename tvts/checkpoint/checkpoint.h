// A file of weights in any readable form, told apart by content, never by name.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "tvts/checkpoint/safetensors.h"

namespace tvts {

enum class CheckpointForm {
  kSafetensors,
  kTorchSave,   // torch.save: a state dict, or a dict that holds one
  kTorchScript  // torch.jit.save: the tensors of a module tree
};
std::string to_string(CheckpointForm form);  // as a sentence names it: "a torch.save archive"

struct Checkpoint {
  std::string path;  // the file that was read: inside the folder, when a folder was given
  CheckpointForm form = CheckpointForm::kSafetensors;
  std::vector<NamedTensor> tensors;             // floating and integer ones; `module.` is stripped from the names
  std::map<std::string, std::string> metadata;  // of a safetensors file
  std::string neighbour_config;                 // the config JSON beside the file (Hugging Face, open_clip), else empty
  std::unordered_map<std::string, std::size_t> index;  // of the tensors, by name
  std::shared_ptr<const MappedFile> file;              // keeps the tensors' bytes

  // Null when there is none.
  const TensorView* find(const std::string& name) const;
};

// Throws Error(kInput) naming the file, what it is and what can be read instead.
Checkpoint read_checkpoint(const std::string& path);

}  // namespace tvts
