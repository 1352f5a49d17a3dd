#include "tvts/model/weights/torch_archive.h"

#include <algorithm>
#include <array>

#include "tvts/core/error.h"
#include "tvts/model/weights/named_tensors.h"
#include "tvts/model/weights/pickle.h"
#include "tvts/model/weights/zip.h"

namespace tvts {
namespace {

// The kind of a zip archive of others, as the end of a sentence: "is a zip archive, but not one of torch.save ...".
std::string other_archive(const ZipArchive& archive) {
  constexpr std::array kModelNames = {".safetensors", ".pt", ".pth", ".bin", ".ckpt"};
  for (const ZipEntry& entry : archive.entries()) {
    const std::string& name = entry.name;
    const auto ends = [&](const char* suffix) { return name.ends_with(suffix); };
    if (ends("archive_format") || ends("archive_version")) {
      return ": it is a program of torch.export; save the model's state dict";
    }
    if (ends(".npy")) return ": it holds arrays of NumPy; save the model's state dict with torch.save";
    if (std::any_of(kModelNames.begin(), kModelNames.end(), ends)) return ": it holds " + name + "; unpack it";
  }
  return "";
}

// Everything lies in one folder of the archive, whose name is free: archive/data.pkl, archive/data/0, ...
std::string folder_of(const ZipArchive& archive, const std::string& name) {
  for (const ZipEntry& entry : archive.entries()) {
    const auto slash = entry.name.find('/');
    if (slash != std::string::npos && entry.name.compare(slash, std::string::npos, "/data.pkl") == 0) {
      return entry.name.substr(0, slash + 1);
    }
  }
  fail_input(name, " is a zip archive, but not one of torch.save or torch.jit.save (it has no data.pkl)",
             other_archive(archive));
}

void require_little_endian(const ZipArchive& archive, const std::string& folder, const std::string& name) {
  if (!archive.contains(folder + "byteorder")) return;  // older archives: always little-endian
  if (archive.copy(folder + "byteorder") == "little") return;
  fail_input(name, " was saved on a machine of the other byte order; save it again on a little-endian one");
}

}  // namespace

TorchArchive read_torch_archive(const FileBytes& file) {
  const ZipArchive archive(file);
  const std::string folder = folder_of(archive, file.name());
  require_little_endian(archive, folder, file.name());
  const auto storage = [&](const std::string& key) { return archive.view(folder + "data/" + key); };
  const std::string pickled = archive.copy(folder + "data.pkl");
  const Pickle pickle = read_pickle(as_bytes(pickled), file.name(), storage);
  const bool is_script = archive.contains(folder + "constants.pkl");
  return {is_script ? CheckpointForm::kTorchScript : CheckpointForm::kTorchSave,
          named_tensors(pickle, file.size(), file.name())};
}

}  // namespace tvts
