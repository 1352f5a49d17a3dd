// Assigns a parameter by its name to one of four groups, or to none (docs/pretraining.md).
#pragma once

#include <cstdint>
#include <string>

namespace tvts {

struct FreezeOptions {
  int64_t text_layers = 9;       // the first so many text blocks
  bool text_embeddings = false;  // token and position embeddings
};

struct ParameterGroup {
  bool frozen = false;
  bool is_new = false;  // on top of CLIP (timeattn, ln_3, the sort head): trained at the rate of new modules
  bool decays = false;
  bool operator==(const ParameterGroup&) const = default;
};

ParameterGroup parameter_group(const std::string& name, const FreezeOptions& freeze);

// "frozen", "decay_new", "no_decay_new", "decay_clip", "no_decay_clip".
std::string to_string(const ParameterGroup& group);

}  // namespace tvts
