#include "tvts/model/weights/infer.h"

#include <array>
#include <cmath>

#include "tvts/core/error.h"
#include "tvts/core/json/parse_json.h"
#include "tvts/model/weights/check.h"
#include "tvts/model/weights/other_models.h"

namespace tvts {
namespace {

constexpr int64_t kMostLayers = 1024;

// Reads sizes off shapes. Where a tensor does not show it, the requested model's size is used, so that check_state can
// name that tensor together with all others that are wrong; without an asked model the faults are collected here.
class Sizes {
 public:
  Sizes(const Checkpoint& checkpoint, Family family, bool has_fallback)
      : checkpoint_(checkpoint), family_(family), has_fallback_(has_fallback) {}

  int64_t axis(const std::string& name, std::size_t axis, std::size_t axes, int64_t fallback) {
    const auto source = source_of(family_, name);
    TVTS_ASSERT(source && source->names.size() == 1);
    const TensorView* view = checkpoint_.find(source->names[0]);
    if (view != nullptr && view->shape.size() == axes && element_count(view->shape) > 0) {
      return view->shape[source->transposed ? axes - 1 - axis : axis];
    }
    const std::string found = view == nullptr ? "is missing" : "has shape " + to_string(view->shape);
    return undecided(source->names[0] + " " + found, fallback);
  }

  int64_t layers(const std::string& prefix, int64_t fallback) {
    int64_t layers = 0;
    for (int64_t i = 0; i < kMostLayers; ++i) {
      const auto source = source_of(family_, concat(prefix, i, ".ln_1.weight"));
      if (checkpoint_.find(source->names[0]) != nullptr) layers = i + 1;
    }
    return layers > 0 ? layers : undecided("the norms of " + prefix + " are missing", fallback);
  }

  // The positional embedding has a row for the class token and one for each cell of a square.
  int64_t image_size(int64_t patch_size, int64_t fallback) {
    const int64_t cells = axis("video_model.positional_embedding", 0, 2, 0) - 1;
    const auto side = cells > 0 ? std::llround(std::sqrt(static_cast<double>(cells))) : 0;
    const bool is_square = side > 0 && side < (1 << 14) && side * side == cells && patch_size < (1 << 14);
    return is_square ? side * patch_size : undecided(concat("a grid of ", cells, " patches is no square"), fallback);
  }

  void require_decided() const {
    if (faults_.empty() || has_fallback_) return;
    fail_input(checkpoint_.path, " (", to_string(family_), "): its model cannot be told from its tensors: ", faults_,
               "; say which model it should be to see all that is wrong");
  }

 private:
  int64_t undecided(const std::string& fault, int64_t fallback) {
    faults_ += (faults_.empty() ? "" : ", ") + fault;
    return fallback;
  }

  const Checkpoint& checkpoint_;
  Family family_;
  bool has_fallback_;
  std::string faults_;
};

ModelConfig sizes_of(const Checkpoint& checkpoint, Family family, const InferOptions& options) {
  const ModelConfig fallback = options.asked.value_or(ModelConfig{});
  Sizes sizes(checkpoint, family, options.asked.has_value());
  ModelConfig config;
  VideoConfig& video = config.video;
  video.width = sizes.axis("video_model.conv1.weight", 0, 4, fallback.video.width);
  video.patch_size = sizes.axis("video_model.conv1.weight", 2, 4, fallback.video.patch_size);
  video.image_size = sizes.image_size(video.patch_size, fallback.video.image_size);
  video.layers = sizes.layers("video_model.transformer.resblocks.", fallback.video.layers);
  const int64_t clip_frames = options.asked ? fallback.video.num_frames : options.num_frames;
  video.num_frames =
      is_clip(family) ? clip_frames : sizes.axis("video_model.temporal_embedding", 0, 2, fallback.video.num_frames);
  config.embed_dim = sizes.axis("video_model.proj", 1, 2, fallback.embed_dim);
  TextConfig& text = config.text;
  text.width = sizes.axis("text_positional_embedding", 1, 2, fallback.text.width);
  text.context_length = sizes.axis("text_positional_embedding", 0, 2, fallback.text.context_length);
  text.vocab_size = sizes.axis("text_token_embedding.weight", 0, 2, fallback.text.vocab_size);
  text.layers = sizes.layers("text_model.resblocks.", fallback.text.layers);
  sizes.require_decided();
  return config;
}

// CLIPs have heads of 64, but for the large ones of OpenCLIP: H (80), g (88), bigG (104). What 64 does not divide is an
// H-like model of another size; one that is narrower is a toy, for which one head is a guess.
// Of a TVTSv2 the rule is a guess too: its heads are what its config said.
int64_t heads_by_width(int64_t width, const char* tower, Family family, Inferred& inferred) {
  constexpr std::array<std::pair<int64_t, int64_t>, 3> kLarge = {{{1280, 80}, {1408, 88}, {1664, 104}}};
  for (const auto& [large, head] : kLarge) {
    if (width == large) return width / head;
  }
  const auto guessed = [&](int64_t heads) {
    inferred.warnings.push_back(concat("the number of heads of its ", tower, " encoder, of width ", width,
                                       ", cannot be told from the file; taken as ", heads,
                                       ": if that is wrong, every number is; --model FILE.json would state it"));
    return heads;
  };
  for (const int64_t head : {64, 80}) {
    if (width % head == 0) return family == Family::kTvtsv2 ? guessed(width / head) : width / head;
  }
  if (width < 64) return guessed(1);
  fail_input("the number of heads of the ", tower, " encoder, of width ", width,
             ", cannot be told from the file; give its sizes as a JSON file (--model FILE.json)");
}

bool same_sizes(ModelConfig a, const ModelConfig& b) {
  a.name = b.name;
  a.kind = b.kind;
  a.activation = b.activation;
  a.video.heads = b.video.heads;
  a.text.heads = b.text.heads;
  a.video.num_frames = b.video.num_frames;
  return a == b;
}

// Name, kind and heads, which no tensor shows: those that are stated, else of the asked or a published model of these
// sizes, else by the rules.
void fill_silent_fields(Inferred& inferred, Family family, const Stated& stated, const InferOptions& options) {
  ModelConfig& config = inferred.config;
  std::optional<ModelConfig> like;
  for (const std::string& name : model_names()) {
    if (same_sizes(config, named_model(name))) like = named_model(name);
  }
  if (options.asked && same_sizes(config, *options.asked)) like = options.asked;
  if (like) {
    config.name = like->name;
    config.kind = like->kind;
    config.video.heads = stated.video_heads.value_or(like->video.heads);
    config.text.heads = stated.text_heads.value_or(like->text.heads);
    return;
  }
  config.name = "custom";
  const auto heads = [&](const std::optional<int64_t>& of_tower, int64_t width, const char* tower) {
    return of_tower ? *of_tower : heads_by_width(width, tower, family, inferred);
  };
  config.video.heads = heads(stated.video_heads, config.video.width, "video");
  config.text.heads = heads(stated.text_heads, config.text.width, "text");
  const bool has_wide_heads = config.video.heads > 0 && config.video.width / config.video.heads > 64;
  config.kind = has_wide_heads ? ModelKind::kH : ModelKind::kB;
}

Activation activation_by_origin(Family family, const ModelConfig& config) {
  const Activation by_kind = config.kind == ModelKind::kH ? Activation::kGelu : Activation::kQuickGelu;
  switch (family) {
    case Family::kTvtsv2:
    case Family::kHuggingFaceClip:
      return by_kind;  // Hugging Face's files without config: OpenAI's, but for the large ones
    case Family::kOpenAiClip: return Activation::kQuickGelu;
    case Family::kOpenClip:
    case Family::kOpenClipCustom: return Activation::kGelu;
  }
  return by_kind;
}

// Other families that may have trained a model of these names, and their activations.
std::string other_origins(Family family, bool certain) {
  switch (family) {
    case Family::kOpenAiClip:
    case Family::kOpenClip:
      if (certain) break;
      return "its tensors may be those of OpenAI's CLIP (quick_gelu, special tokens openai) or of OpenCLIP (gelu in "
             "most "
             "models, special tokens open_clip)";
    case Family::kHuggingFaceClip:
      return "without its config.json it may be OpenAI's (quick_gelu, special tokens openai) or another's (gelu in "
             "most "
             "models)";
    default: break;
  }
  return "OpenCLIP's models have gelu, but for those that go on from OpenAI's and those of MetaCLIP and DFN "
         "(quick_gelu)";
}

// By what the file states, else by what the user states, else by its origin.
void choose_activation(Inferred& inferred, const Stated& stated, const Checkpoint& checkpoint, Family family,
                       const InferOptions& options) {
  ModelConfig& config = inferred.config;
  const bool is_asked = options.asked && family == Family::kTvtsv2;  // a name of ours means its activation
  const std::optional<Activation> known = stated.activation    ? stated.activation
                                          : options.activation ? options.activation
                                          : is_asked           ? std::optional(options.asked->activation)
                                                               : std::nullopt;
  config.activation = known.value_or(activation_by_origin(family, config));
  if (known) return;
  const bool certain = is_certain(checkpoint, family);
  const std::string taken =
      concat("activation ", to_string(config.activation), " by the file's origin (", to_string(family), ")");
  if (family == Family::kTvtsv2 || (family == Family::kOpenAiClip && certain)) {
    inferred.notes.push_back(taken + "; the file does not state it, --activation would");
  } else {
    inferred.warnings.push_back(concat(other_origins(family, certain), "; taken as ", taken,
                                       ": if that is wrong, every number is; state --activation quick_gelu or gelu",
                                       certain ? "" : ", and --special-tokens openai or open_clip"));
  }
}

int64_t whole_number(const Json& json, const char* key, int64_t fallback) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return fallback;
  if (!found->is_number_integer()) fail_input("'", key, "' in its config is not a whole number");
  return found->get<int64_t>();
}

std::optional<Activation> hidden_act(const Json& config, const std::string& path) {
  const std::string name = config.value("hidden_act", "quick_gelu");  // Hugging Face's default for CLIP
  if (name == "quick_gelu") return Activation::kQuickGelu;
  if (name == "gelu") return Activation::kGelu;
  fail_input("config.json beside ", path, " states the activation '", name, "'; expected quick_gelu or gelu");
}

Stated stated_by_hugging_face(const Json& config, const std::string& path) {
  const Json text = config.value("text_config", Json::object()), vision = config.value("vision_config", Json::object());
  Stated stated;
  stated.activation = hidden_act(vision, path);
  if (hidden_act(text, path) != stated.activation) {
    fail_input("config.json beside ", path, " states two activations; a model here has one for video and text");
  }
  stated.video_heads = whole_number(vision, "num_attention_heads", 12);
  stated.text_heads = whole_number(text, "num_attention_heads", 8);
  return stated;
}

Stated stated_by_open_clip(const Json& model) {
  const Json text = model.value("text_cfg", Json::object()), vision = model.value("vision_cfg", Json::object());
  Stated stated;
  stated.activation = model.value("quick_gelu", false) ? Activation::kQuickGelu : Activation::kGelu;
  stated.text_heads = whole_number(text, "heads", 8);
  const int64_t head_width = whole_number(vision, "head_width", 64);
  if (head_width > 0) stated.video_heads = whole_number(vision, "width", 768) / head_width;
  return stated;
}

}  // namespace

Stated stated_by_neighbour(const Checkpoint& checkpoint) {
  if (checkpoint.neighbour_config.empty()) return {};
  try {
    const Json config = parse_json(checkpoint.neighbour_config);
    if (config.contains("model_cfg")) return stated_by_open_clip(config.at("model_cfg"));
    if (config.value("model_type", "") == "clip") return stated_by_hugging_face(config, checkpoint.path);
    return {};
  } catch (const Json::exception& error) {
    fail_input("the config beside ", checkpoint.path, " cannot be read: ", error.what());
  }
}

bool is_open_clip_config(const std::string& text) {
  return Json::parse(text, nullptr, /*allow_exceptions=*/false).contains("model_cfg");
}

Inferred infer_config(const Checkpoint& checkpoint, Family family, const InferOptions& options) {
  refuse_other_parts(checkpoint, family);
  const Stated stated = is_clip(family) ? stated_by_neighbour(checkpoint) : Stated{};
  Inferred inferred{sizes_of(checkpoint, family, options), {}, {}};
  fill_silent_fields(inferred, family, stated, options);
  choose_activation(inferred, stated, checkpoint, family, options);
  return inferred;
}

}  // namespace tvts
