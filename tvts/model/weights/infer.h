// A model's configuration from its tensors' shapes, for files that do not state one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tvts/config/model_config.h"
#include "tvts/model/weights/names.h"

namespace tvts {

// The facts that shapes do not show, as the checkpoint states them (metadata, the config file beside it).
struct Stated {
  std::optional<Activation> activation = std::nullopt;
  std::optional<int64_t> video_heads = std::nullopt, text_heads = std::nullopt;
};
// Reads config.json of Hugging Face's CLIP or open_clip's open_clip_config.json; nothing is stated by other files.
Stated stated_by_neighbour(const Checkpoint& checkpoint);

// True if the text of a config beside a file is open_clip's.
bool is_open_clip_config(const std::string& text);

struct InferOptions {
  std::optional<ModelConfig> asked = std::nullopt;      // decides kind, heads and name where the file is silent
  std::optional<Activation> activation = std::nullopt;  // requested by name (a -quickgelu name, a JSON file)
  int64_t num_frames = 12;                              // of a CLIP, which has no temporal embedding
};

struct Inferred {
  ModelConfig config;
  std::vector<std::string> notes, warnings;  // choices that the file left open, for the log
};

// Throws Error(kInput) when a tensor that tells a size is missing, empty or has the wrong number of axes, or when the
// model has parts that are not supported.
Inferred infer_config(const Checkpoint& checkpoint, Family family, const InferOptions& options);

// Throws Error(kInput) naming both models and every field in which they differ (the names aside), then `detail`.
void require_same(const ModelConfig& asked, const ModelConfig& found, const std::string& path,
                  const std::string& detail = "");

}  // namespace tvts
