// The tensors of a torch.save or TorchScript archive.
#pragma once

#include <string>
#include <vector>

#include "tvts/model/weights/checkpoint.h"
#include "tvts/model/weights/file_bytes.h"

namespace tvts {

struct TorchArchive {
  CheckpointForm form = CheckpointForm::kTorchSave;
  // Under the file's names: what {"state_dict": {"visual.proj": ...}} holds is called state_dict.visual.proj.
  std::vector<NamedTensor> tensors;
};

// Views into the file. Throws Error(kInput) naming it: not a torch archive, big-endian, damaged, no named tensors in
// it, or names and tensors that add up to far more than the file has bytes.
TorchArchive read_torch_archive(const FileBytes& file);

}  // namespace tvts
