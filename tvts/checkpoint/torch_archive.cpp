#include "tvts/checkpoint/torch_archive.h"

#include <algorithm>

#include "tvts/checkpoint/pickle.h"
#include "tvts/checkpoint/zip.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

using Kind = PickleValue::Kind;

constexpr int kDeepestModule = 64;
constexpr std::size_t kMostVisits = 1 << 20;  // a shared module may be reached along many ways
constexpr std::size_t kLongestName = 4096;

// Everything lies in one folder of the archive, whose name is free: archive/data.pkl, archive/data/0, ...
std::string folder_of(const ZipArchive& archive, const std::string& name) {
  for (const ZipEntry& entry : archive.entries()) {
    const auto slash = entry.name.find('/');
    if (slash != std::string::npos && entry.name.compare(slash, std::string::npos, "/data.pkl") == 0) {
      return entry.name.substr(0, slash + 1);
    }
  }
  fail_input(name, " is a zip archive, but not one of torch.save or torch.jit.save (it has no data.pkl)");
}

void require_little_endian(const ZipArchive& archive, const std::string& folder, const std::string& name) {
  if (!archive.contains(folder + "byteorder")) return;  // older archives: always little-endian
  const Bytes order = archive.read(folder + "byteorder");
  const std::string text(reinterpret_cast<const char*>(order.data()), order.size());
  if (text == "little") return;
  fail_input(name, " was saved on a machine of the other byte order; save it again on a little-endian one");
}

// Collects the tensors of dicts and of module trees.
class Collector {
 public:
  Collector(const Pickle& pickle, const std::string& name) : pickle_(pickle), name_(name) {}

  void add_dict(const PickleValue& dict) {
    for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
      const PickleValue& key = pickle_[dict.items[i]];
      const PickleValue& value = pickle_[dict.items[i + 1]];
      if (key.kind == Kind::kString && value.kind == Kind::kTensor) add(key.text, value);
    }
  }

  // A module's state holds its tensors and its submodules; those pickled by Python hold them one level deeper.
  void add_module(const PickleValue& module, const std::string& prefix, int depth) {
    const PickleValue& state = module.kind == Kind::kObject ? pickle_[module.state] : module;
    if (state.kind != Kind::kDict) return;
    if (depth > kDeepestModule) fail_input(name_, ": modules are nested deeper than any model's");
    for (std::size_t i = 0; i + 1 < state.items.size(); i += 2) {
      if (++visits_ > kMostVisits) fail_input(name_, ": more modules than any model has");
      const PickleValue& key = pickle_[state.items[i]];
      const PickleValue& value = pickle_[state.items[i + 1]];
      if (key.kind != Kind::kString) continue;
      const std::string& text = key.text;
      const bool is_group = text == "_parameters" || text == "_buffers" || text == "_modules";
      if (value.kind == Kind::kTensor) add(prefix + text, value);
      if (value.kind == Kind::kObject) add_module(value, prefix + text + ".", depth + 1);
      if (value.kind == Kind::kDict && is_group) add_module(value, prefix, depth + 1);
    }
  }

  std::vector<NamedTensor> take() { return std::move(tensors_); }

 private:
  void add(const std::string& tensor, const PickleValue& value) {
    if (tensor.size() > kLongestName) fail_input(name_, ": a tensor's name has ", tensor.size(), " characters");
    tensors_.push_back({tensor, value.tensor});
  }

  const Pickle& pickle_;
  const std::string& name_;
  std::size_t visits_ = 0;
  std::vector<NamedTensor> tensors_;
};

std::vector<NamedTensor> tensors_of(const Pickle& pickle, const std::string& name) {
  const PickleValue& root = pickle[pickle.root];
  Collector collector(pickle, name);
  if (root.kind == Kind::kObject) collector.add_module(root, "", 0);
  if (root.kind == Kind::kDict) {
    const PickleValue* state_dict = pickle.find(root, "state_dict");
    const bool is_wrapped = state_dict != nullptr && state_dict->kind == Kind::kDict;
    collector.add_dict(is_wrapped ? *state_dict : root);
  }
  std::vector<NamedTensor> tensors = collector.take();
  if (tensors.empty()) {
    fail_input(name, " is a torch archive without a state dict (tensors by name, at the top or under 'state_dict')");
  }
  return tensors;
}

}  // namespace

TorchArchive read_torch_archive(Bytes bytes, const std::string& name) {
  const ZipArchive archive(bytes, name);
  const std::string folder = folder_of(archive, name);
  require_little_endian(archive, folder, name);
  const auto storage = [&](const std::string& key) { return archive.read(folder + "data/" + key); };
  const Pickle pickle = read_pickle(archive.read(folder + "data.pkl"), name, storage);
  const bool is_script = archive.contains(folder + "constants.pkl");
  return {is_script ? CheckpointForm::kTorchScript : CheckpointForm::kTorchSave, tensors_of(pickle, name)};
}

}  // namespace tvts
