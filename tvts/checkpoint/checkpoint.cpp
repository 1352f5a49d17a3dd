#include "tvts/checkpoint/checkpoint.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include "tvts/checkpoint/torch_archive.h"
#include "tvts/checkpoint/zip.h"
#include "tvts/core/error.h"
#include "tvts/core/input_file.h"

namespace tvts {
namespace {

namespace fs = std::filesystem;

// What Hugging Face's and open_clip's model folders call their weights, the safe form first.
constexpr std::array<const char*, 4> kFolderFiles = {"model.safetensors", "open_clip_model.safetensors",
                                                     "open_clip_pytorch_model.bin", "pytorch_model.bin"};
constexpr std::array<const char*, 2> kFolderConfigs = {"open_clip_config.json", "config.json"};
constexpr std::size_t kMostConfigBytes = 1 << 20;

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

std::string file_in_folder(const std::string& folder) {
  std::string names;
  for (const char* file : kFolderFiles) {
    const fs::path path = fs::path(folder) / file;
    if (is_file(path)) return path.string();
    if (is_file(path.string() + ".index.json")) {
      fail_input(folder, " holds a model in several files (", file,
                 ".index.json), which is not read; save it as one file");
    }
    names += std::string(names.empty() ? "" : ", ") + file;
  }
  fail_input("the folder ", folder, " holds no model; looked for ", names);
}

// Only a file with one of the folder names is described by the config beside it.
std::string neighbour_config(const std::string& file) {
  const fs::path path(file);
  if (std::find(kFolderFiles.begin(), kFolderFiles.end(), path.filename().string()) == kFolderFiles.end()) return "";
  for (const char* config : kFolderConfigs) {
    const fs::path beside = path.parent_path() / config;
    if (is_file(beside)) return read_file(beside.string(), kMostConfigBytes);
  }
  return "";
}

// torch.save before 1.6 wrote bare pickles, the first of them a long number.
bool is_legacy_torch(Bytes bytes) {
  constexpr std::array<unsigned char, 4> kBeginning = {0x80, 0x02, 0x8a, 0x0a};
  return bytes.size() >= kBeginning.size() &&
         std::equal(kBeginning.begin(), kBeginning.end(), bytes.begin(),
                    [](unsigned char a, std::byte b) { return std::byte{a} == b; });
}

void read_tensors(Checkpoint& checkpoint) {
  const Bytes bytes = checkpoint.file->bytes();
  const std::string& path = checkpoint.path;
  if (ZipArchive::begins(bytes)) {
    TorchArchive archive = read_torch_archive(bytes, path);
    checkpoint.form = archive.form;
    checkpoint.tensors = std::move(archive.tensors);
  } else if (begins_like_safetensors(bytes)) {
    Safetensors file = read_safetensors(bytes, path);
    checkpoint.tensors = std::move(file.tensors);
    checkpoint.metadata = std::move(file.metadata);
  } else if (is_legacy_torch(bytes)) {
    fail_input(path,
               " is in the form that torch.save wrote before 1.6; load it with torch.load in Python and save it again");
  } else {
    fail_input(path, " is no model file (", bytes.size(),
               " bytes); expected .safetensors, a torch.save archive (.pth, .pt, "
               ".bin) or a TorchScript archive");
  }
}

// Strips what DistributedDataParallel puts in front of every name, and indexes the names.
void index_names(Checkpoint& checkpoint) {
  constexpr std::string_view kPrefix = "module.";
  for (std::size_t i = 0; i < checkpoint.tensors.size(); ++i) {
    std::string& name = checkpoint.tensors[i].name;
    if (name.starts_with(kPrefix)) name.erase(0, kPrefix.size());
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

Checkpoint read_checkpoint(const std::string& path) {
  Checkpoint checkpoint;
  checkpoint.path = is_folder(path) ? file_in_folder(path) : path;
  checkpoint.file = MappedFile::open(checkpoint.path);
  read_tensors(checkpoint);
  index_names(checkpoint);
  checkpoint.neighbour_config = neighbour_config(checkpoint.path);
  return checkpoint;
}

}  // namespace tvts
