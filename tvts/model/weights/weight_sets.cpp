#include "tvts/model/weights/weight_sets.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "tvts/core/error.h"

namespace tvts {
namespace {

// The beginnings of the names of a model, of any family.
constexpr std::array<std::string_view, 3> kBeginnings = {"video_model.", "visual.", "vision_model."};
// Parts of names that stand for a wrapped module: DistributedDataParallel, torch.compile, FSDP, activation
// checkpoints, Lightning. No model has modules of these names.
constexpr std::array<std::string_view, 5> kWrappers = {"module.", "_orig_mod.", "_fsdp_wrapped_module.",
                                                       "_checkpoint_wrapped_module.", "_forward_module."};

// The position of `part` in the name, at the start or behind a dot; npos when it is not there.
std::size_t find_part(std::string_view name, std::string_view part, std::size_t from = 0) {
  for (std::size_t at = name.find(part, from); at != std::string_view::npos; at = name.find(part, at + 1)) {
    if (at == 0 || name[at - 1] == '.') return at;
  }
  return std::string_view::npos;
}

std::string without_wrappers(std::string name) {
  for (const std::string_view wrapper : kWrappers) {
    for (std::size_t at = find_part(name, wrapper); at != std::string::npos; at = find_part(name, wrapper, at)) {
      name.erase(at, wrapper.size());
    }
  }
  return name;
}

// The prefix before the first beginning of a model, with its number of tensors.
using WeightSets = std::map<std::string, std::size_t, std::less<>>;

WeightSets find_sets(const Checkpoint& checkpoint) {
  WeightSets sets;
  for (const NamedTensor& tensor : checkpoint.tensors) {
    std::size_t first = std::string::npos;
    for (const std::string_view beginning : kBeginnings) first = std::min(first, find_part(tensor.name, beginning));
    if (first != std::string::npos) ++sets[tensor.name.substr(0, first)];
  }
  return sets;
}

// The set that a name is in: the longest prefix of any.
std::optional<std::string_view> set_of(std::string_view name, const WeightSets& sets) {
  for (auto dot = name.rfind('.'); dot != std::string_view::npos; dot = name.rfind('.')) {
    const auto found = sets.find(name.substr(0, dot + 1));
    if (found != sets.end()) return found->first;
    name = name.substr(0, dot);
  }
  return sets.contains("") ? std::optional<std::string_view>("") : std::nullopt;
}

std::string shown(const std::string& prefix) {
  return "'" + (prefix.empty() ? prefix : prefix.substr(0, prefix.size() - 1)) + "'";
}

// By a word of its name: model_ema, state_dict_ema, ema.module, swa_model.
bool is_average(const std::string& prefix) {
  std::string words = "_" + prefix;
  std::replace(words.begin(), words.end(), '.', '_');
  return words.find("_ema_") != std::string::npos || words.find("_swa_") != std::string::npos ||
         words.find("_average") != std::string::npos;
}

std::string listed(const WeightSets& sets) {
  constexpr std::size_t kMostShown = 8;
  std::string list;
  std::size_t count = 0;
  for (const auto& [prefix, size] : sets) {
    if (count++ == kMostShown) return concat(list, " and ", sets.size() - kMostShown, " more");
    list += concat(list.empty() ? "" : ", ", shown(prefix), prefix.empty() ? " (names without a prefix)" : "",
                   is_average(prefix) ? " (an average over training, by its name)" : "");
  }
  return list;
}

const std::string& named_set(const Checkpoint& checkpoint, const WeightSets& sets, const std::string& wanted) {
  std::vector<const std::string*> found;
  for (const auto& [prefix, size] : sets) {
    if (prefix == wanted || prefix == wanted + ".") return prefix;
    if (!wanted.empty() && prefix.starts_with(wanted + ".")) found.push_back(&prefix);
  }
  if (found.size() == 1) return *found.front();
  fail_input(checkpoint.path, " holds ", found.empty() ? "no" : "several", " weights under '", wanted, "'; found ",
             listed(sets));
}

const std::string& choose(const Checkpoint& checkpoint, const WeightSets& sets,
                          const std::optional<std::string>& wanted) {
  if (wanted) return named_set(checkpoint, sets, *wanted);
  if (sets.size() == 1) return sets.begin()->first;
  fail_input(checkpoint.path, " holds several sets of weights: ", listed(sets),
             "; say which one with tvts convert --weights NAME, and use the file that it writes");
}

// The first part of a name behind what it has in common with the prefix: state_dict.cross of state_dict.cross.weight,
// beside state_dict.clip.
std::string group_of(const std::string& name, const std::string& prefix) {
  std::size_t common = 0;
  for (auto dot = prefix.find('.'); dot != std::string::npos && name.starts_with(prefix.substr(0, dot + 1));
       dot = prefix.find('.', dot + 1)) {
    common = dot + 1;
  }
  return name.substr(0, name.find('.', common));
}

// "12 tensors outside of 'clip' are left out: cross.* (10), logit_scale" for those that could be part of a model.
void tell_left_out(Checkpoint& checkpoint, const std::string& prefix, const std::vector<std::string>& floating) {
  constexpr std::size_t kMostShown = 5;
  std::map<std::string, std::size_t> groups;
  for (const std::string& name : floating) ++groups[group_of(name, prefix)];
  std::string list;
  std::size_t count = 0;
  for (const auto& [group, size] : groups) {
    if (count++ < kMostShown) list += concat(list.empty() ? "" : ", ", group, size > 1 ? ".*" : "", " (", size, ")");
  }
  if (groups.size() > kMostShown) list += concat(" and ", groups.size() - kMostShown, " more");
  checkpoint.warnings.push_back(
      concat("takes the tensors under ", shown(prefix), "; ", floating.size(), " others are left out: ", list));
}

}  // namespace

void choose_weights(Checkpoint& checkpoint, const std::optional<std::string>& wanted) {
  const WeightSets sets = find_sets(checkpoint);
  if (sets.empty() && wanted) fail_input(checkpoint.path, " holds no weights under '", *wanted, "'");
  const std::string chosen = sets.empty() ? "" : choose(checkpoint, sets, wanted);
  std::vector<NamedTensor> kept;
  std::vector<std::string> floating_left_out;
  for (NamedTensor& tensor : checkpoint.tensors) {
    if (sets.empty() || set_of(tensor.name, sets) == chosen) {
      tensor.name = without_wrappers(tensor.name.substr(chosen.size()));
      kept.push_back(std::move(tensor));
      continue;
    }
    const bool is_of_another = set_of(tensor.name, sets).has_value() || tensor.name.starts_with("optim");
    if (is_floating(tensor.view.dtype) && !is_of_another) floating_left_out.push_back(tensor.name);
    checkpoint.left_out.push_back(std::move(tensor.name));
  }
  checkpoint.tensors = std::move(kept);
  const std::string plain = without_wrappers(chosen);
  if (!plain.empty() && plain != "state_dict.") checkpoint.notes.push_back("takes the tensors under " + shown(chosen));
  if (!floating_left_out.empty()) tell_left_out(checkpoint, chosen, floating_left_out);
}

}  // namespace tvts
