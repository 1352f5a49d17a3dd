// The naming families of checkpoints, and the name of each of our tensors in them. Ours are TVTSv2's names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tvts/model/weights/checkpoint.h"

namespace tvts {

enum class Family {
  kTvtsv2,          // video_model.*, text_model.*
  kOpenAiClip,      // visual.*, transformer.*, as OpenAI's own files hold them (float16)
  kOpenClip,        // the same names, trained by open_clip
  kOpenClipCustom,  // visual.*, text.*: open_clip's other text tower
  kHuggingFaceClip  // vision_model.*, text_model.encoder.*
};
std::string to_string(Family family);

inline bool is_clip(Family family) { return family != Family::kTvtsv2; }

// Throws Error(kInput) naming the file and the model that it is, or some of its tensors, when it is none of them.
Family family_of(const Checkpoint& checkpoint);
// True if the tensors leave no doubt who trained it. OpenAI's names are OpenCLIP's too, and both are saved in float16;
// Hugging Face's are those of everybody's.
bool is_certain(const Checkpoint& checkpoint, Family family);

struct Source {
  std::vector<std::string> names;  // one, or q, k, v
  bool transposed = false;
};

// The source of the tensor called `name` in our model; nothing when the family has no counterpart (temporal
// attention, ln_3, temporal_embedding and sort head of a CLIP).
std::optional<Source> source_of(Family family, const std::string& name);

// Tensors that a family's files may hold and no model of ours uses (logit_scale, ...).
bool is_unused(Family family, const std::string& source_name);

}  // namespace tvts
