#include "tvts/train/loop/parameter_groups.h"

#include <charconv>
#include <string_view>

namespace tvts {
namespace {

constexpr std::string_view kTextBlocks = "text_model.resblocks.";

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// The block of a text parameter; -1 outside the blocks.
int64_t text_block(std::string_view name) {
  if (!name.starts_with(kTextBlocks)) return -1;
  int64_t block = -1;
  std::from_chars(name.data() + kTextBlocks.size(), name.data() + name.size(), block);
  return block;
}

bool is_frozen(std::string_view name, const FreezeOptions& freeze) {
  const int64_t block = text_block(name);
  if (block >= 0) return block < freeze.text_layers;
  return freeze.text_embeddings && (name.starts_with("text_token_embedding") || name == "text_positional_embedding");
}

}  // namespace

ParameterGroup parameter_group(const std::string& name, const FreezeOptions& freeze) {
  if (is_frozen(name, freeze)) return {.frozen = true};
  return {.is_new = contains(name, "timeattn") || contains(name, "ln_3") || contains(name, "pred_model"),
          .decays = !contains(name, "bias") && !contains(name, "ln_") && !contains(name, "norm")};
}

std::string to_string(const ParameterGroup& group) {
  if (group.frozen) return "frozen";
  return std::string(group.decays ? "decay_" : "no_decay_") + (group.is_new ? "new" : "clip");
}

}  // namespace tvts
