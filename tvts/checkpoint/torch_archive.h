// The tensors of a torch.save or TorchScript archive.
#pragma once

#include <string>
#include <vector>

#include "tvts/checkpoint/checkpoint.h"

namespace tvts {

struct TorchArchive {
  CheckpointForm form = CheckpointForm::kTorchSave;
  std::vector<NamedTensor> tensors;  // under the file's names
};

// Views into `bytes`. Throws Error(kInput) naming `name`: not a torch archive, big-endian, damaged, or no state dict in
// it.
TorchArchive read_torch_archive(Bytes bytes, const std::string& name);

}  // namespace tvts
