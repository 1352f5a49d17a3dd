#include "tvts/model/weights/named_tensors.h"

#include <algorithm>

#include "tvts/core/error.h"

namespace tvts {
namespace {

using Kind = PickleValue::Kind;

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kLongestName = 4096;
// The limit of all names and visits together: models have some thousand tensors and need a hundredth of it.
constexpr std::size_t kMostWork = std::size_t{32} << 20, kVisitWork = 16, kTensorWork = 256;
// Tensors may share storages and repeat elements, within reason: below, a small file could claim any amount of memory.
constexpr uint64_t kMostClaimsPerByte = 64, kAlwaysClaimed = uint64_t{16} << 20;

class Collector {
 public:
  Collector(const Pickle& pickle, uint64_t file_size, const std::string& name, bool with_modules)
      : pickle_(pickle),
        name_(name),
        with_modules_(with_modules),
        most_claimed_(kMostClaimsPerByte * file_size + kAlwaysClaimed) {}

  std::vector<NamedTensor> collect() {
    visit(pickle_.root, "");
    return std::move(tensors_);
  }

 private:
  void visit(PickleRef ref, const std::string& prefix) {
    const PickleValue& value = pickle_[ref];
    if (value.kind == Kind::kDict) {
      visit_items(ref, value, prefix, false);
    } else if (value.kind == Kind::kObject && with_modules_ && pickle_[value.state].kind == Kind::kDict) {
      visit_items(ref, pickle_[value.state], prefix, true);
    }
  }

  // A module's state holds its tensors and its submodules; those pickled by Python hold them one level deeper.
  void visit_items(PickleRef ref, const PickleValue& dict, const std::string& prefix, bool is_module) {
    if (std::find(path_.begin(), path_.end(), ref) != path_.end()) return;
    if (path_.size() == kDeepest) fail_input(name_, ": dicts or modules are nested deeper than any model's");
    path_.push_back(ref);
    for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
      const PickleValue& key = pickle_[dict.items[i]];
      const PickleValue& value = pickle_[dict.items[i + 1]];
      charge(kVisitWork);
      if (key.kind != Kind::kString) continue;
      const bool is_group =
          is_module && (key.text == "_parameters" || key.text == "_buffers" || key.text == "_modules");
      if (value.kind == Kind::kTensor) {
        add(named(prefix, key.text), value.tensor);
      } else if (value.kind == Kind::kDict && is_group) {
        visit_items(dict.items[i + 1], value, prefix, true);
      } else if (value.kind == Kind::kObject || (value.kind == Kind::kDict && !is_module)) {
        visit(dict.items[i + 1], named(prefix, key.text) + ".");
      }
    }
    path_.pop_back();
  }

  std::string named(const std::string& prefix, const std::string& key) {
    if (prefix.size() + key.size() > kLongestName) {
      fail_input(name_, ": a name of ", prefix.size() + key.size(), " characters; no model has such names");
    }
    charge(prefix.size() + key.size());
    return prefix + key;
  }

  void add(std::string name, const TensorView& view) {
    charge(kTensorWork);
    claimed_ += static_cast<uint64_t>(element_count(view.shape)) * byte_size(view.dtype);
    if (claimed_ > most_claimed_) {
      fail_input(name_, ": its tensors claim more than ", claimed_ - 1, " bytes, far more than the file holds: '", name,
                 "' and others repeat what is stored");
    }
    tensors_.push_back({std::move(name), view});
  }

  void charge(std::size_t work) {
    work_ += work;
    if (work_ > kMostWork) fail_input(name_, ": more modules and names than any model has");
  }

  const Pickle& pickle_;
  const std::string& name_;
  bool with_modules_;
  uint64_t most_claimed_, claimed_ = 0;
  std::size_t work_ = 0;
  std::vector<PickleRef> path_;  // from the root to here
  std::vector<NamedTensor> tensors_;
};

// The content of a file without named tensors, as the end of a sentence: "holds ...".
std::string described(const Pickle& pickle) {
  const PickleValue& root = pickle[pickle.root];
  switch (root.kind) {
    case Kind::kTensor: return "one tensor without a name";
    case Kind::kList:
    case Kind::kTuple: return concat("a list of ", root.items.size(), " values");
    case Kind::kObject: return "an object of the class " + pickle.class_of(root).substr(0, kLongestName);
    case Kind::kDict: break;
    default: return "a plain value";
  }
  if (pickle.find(root, "param_groups") != nullptr) return "the state of an optimizer alone";
  return concat("a dict of ", root.items.size() / 2, " entries");
}

}  // namespace

std::vector<NamedTensor> named_tensors(const Pickle& pickle, uint64_t file_size, const std::string& name) {
  for (const bool with_modules : {false, true}) {
    std::vector<NamedTensor> tensors = Collector(pickle, file_size, name, with_modules).collect();
    if (!tensors.empty()) return tensors;
  }
  fail_input(name, " is a torch archive without a state dict (tensors by name): it holds ", described(pickle));
}

}  // namespace tvts
