// The list of the fields of a ModelConfig, used for JSON and to name the differences of two models.
#pragma once

#include <concepts>
#include <type_traits>

#include "tvts/config/model_config.h"

namespace tvts {

// Calls visit("video.width", config.video.width) for every field. Values are strings, enums and int64_t.
template <class Config, class Visit>
requires std::same_as<std::remove_const_t<Config>, ModelConfig>
void visit_fields(Config& config, Visit&& visit) {
  visit("name", config.name);
  visit("kind", config.kind);
  visit("activation", config.activation);
  visit("embed_dim", config.embed_dim);
  visit("video.width", config.video.width);
  visit("video.layers", config.video.layers);
  visit("video.heads", config.video.heads);
  visit("video.patch_size", config.video.patch_size);
  visit("video.image_size", config.video.image_size);
  visit("video.num_frames", config.video.num_frames);
  visit("text.width", config.text.width);
  visit("text.layers", config.text.layers);
  visit("text.heads", config.text.heads);
  visit("text.context_length", config.text.context_length);
  visit("text.vocab_size", config.text.vocab_size);
}

}  // namespace tvts
