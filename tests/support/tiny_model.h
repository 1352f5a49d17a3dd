// A model small enough for a unit test, with random weights everywhere.
#pragma once

#include "tvts/model/plain/initialise.h"

namespace tvts::test {

inline ModelConfig tiny_config(ModelKind kind = ModelKind::kB) {
  ModelConfig config;
  config.name = "tiny";
  config.kind = kind;
  config.activation = kind == ModelKind::kB ? Activation::kQuickGelu : Activation::kGelu;
  config.embed_dim = 24;
  config.video = {.width = 32, .layers = 2, .heads = 2, .patch_size = 8, .image_size = 24, .num_frames = 4};
  config.text = {.width = 16, .layers = 2, .heads = 2, .context_length = 12, .vocab_size = 600};
  return config;
}

inline DualEncoder tiny_model(ModelKind kind = ModelKind::kB, TemporalStart start = TemporalStart::kRandom) {
  DualEncoder model = make_dual_encoder(tiny_config(kind));
  initialise(model, 7, start);
  return model;
}

}  // namespace tvts::test
