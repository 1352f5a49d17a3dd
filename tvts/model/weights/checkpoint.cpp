#include "tvts/model/weights/checkpoint.h"

#include <iterator>

#include "tvts/core/error.h"
#include "tvts/model/weights/model_files.h"
#include "tvts/model/weights/other_files.h"
#include "tvts/model/weights/torch_archive.h"
#include "tvts/model/weights/weight_sets.h"
#include "tvts/model/weights/zip.h"

namespace tvts {
namespace {

[[noreturn]] void fail_other(const FileBytes& file, std::string_view beginning) {
  const OtherFile other = other_file(beginning);
  if (!other.is.empty()) fail_input(file.name(), " is ", other.is, "; ", other.to_do);
  fail_input(file.name(), " is no model file (", file.size(),
             " bytes); expected .safetensors, a torch.save archive (.pth, .pt, "
             ".bin) or a TorchScript archive");
}

// Adds the tensors of one file.
void read_tensors(const FileBytes& file, Checkpoint& checkpoint) {
  const std::string beginning = file.beginning(kTellingBytes);
  std::vector<NamedTensor> tensors;
  if (ZipArchive::begins(beginning)) {
    TorchArchive archive = read_torch_archive(file);
    checkpoint.form = archive.form;
    tensors = std::move(archive.tensors);
  } else if (begins_like_safetensors(beginning)) {
    Safetensors read = read_safetensors(file);
    checkpoint.form = CheckpointForm::kSafetensors;
    checkpoint.metadata.merge(read.metadata);
    tensors = std::move(read.tensors);
  } else {
    fail_other(file, beginning);
  }
  std::move(tensors.begin(), tensors.end(), std::back_inserter(checkpoint.tensors));
}

void index_names(Checkpoint& checkpoint) {
  for (std::size_t i = 0; i < checkpoint.tensors.size(); ++i) {
    const std::string& name = checkpoint.tensors[i].name;
    if (!checkpoint.index.emplace(name, i).second)
      fail_input(checkpoint.path, " holds two tensors called '", name, "'");
  }
}

}  // namespace

std::string to_string(CheckpointForm form) {
  switch (form) {
    case CheckpointForm::kSafetensors: return "a safetensors file";
    case CheckpointForm::kTorchSave: return "a torch.save archive";
    case CheckpointForm::kTorchScript: return "a TorchScript archive";
  }
  return "";
}

const TensorView* Checkpoint::find(const std::string& name) const {
  const auto found = index.find(name);
  return found == index.end() ? nullptr : &tensors[found->second].view;
}

Checkpoint read_checkpoint(const std::string& path, const std::optional<std::string>& weights) {
  const ModelFiles files = model_files(path);
  Checkpoint checkpoint;
  checkpoint.path = files.path;
  checkpoint.neighbour_config = files.config;
  for (const std::string& part : files.parts) {
    const FileBytes file(part);
    read_tensors(file, checkpoint);
    checkpoint.files.push_back(file.mapped());
  }
  choose_weights(checkpoint, weights);
  index_names(checkpoint);
  return checkpoint;
}

}  // namespace tvts
