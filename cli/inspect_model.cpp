#include "cli/inspect.h"
#include "cli/output.h"
#include "tvts/core/error.h"
#include "tvts/model/weights/model_json.h"

namespace tvts::cli {
namespace {

// "1234567" -> "1,234,567"
std::string grouped(int64_t value) {
  std::string text = std::to_string(value);
  for (auto position = static_cast<int64_t>(text.size()) - 3; position > 0; position -= 3) {
    text.insert(static_cast<std::size_t>(position), ",");
  }
  return text;
}

std::string billions(int64_t value) { return fixed(static_cast<double>(value) / 1e9, 1) + " G"; }

struct Cost {
  explicit Cost(const ModelConfig& config)
      : parameters(count_parameters(config)),
        video(video_multiply_adds(config, config.video.num_frames, config.video.patches_per_frame())),
        text(text_multiply_adds(config)) {}
  ParameterCount parameters;
  int64_t video, text;  // multiply-adds of one clip, one text
};

Json tensor_json(const StateEntry& entry) {
  Json tensor = {{"name", entry.name}, {"shape", entry.shape}};
  tensor["dtype"] = entry.tensor() != nullptr ? to_string(entry.tensor()->dtype()) : "fresh";
  return tensor;
}

Json model_json(const ModelState& state, const Cost& cost) {
  Json model = {{"kind", "model"},
                {"config", Json::parse(config_to_json(state.spec.config))},
                {"preprocess", to_string(state.spec.preprocess)},
                {"special_tokens", to_string(state.spec.tokenizer.special_tokens)},
                {"pool", to_string(state.spec.pool)},
                {"origin", state.spec.origin},
                {"notice", state.spec.notice},
                {"parameters", cost.parameters.total()},
                {"parameters_without_temporal_attention", cost.parameters.total() - cost.parameters.temporal_attention},
                {"multiply_adds_video", cost.video},
                {"multiply_adds_text", cost.text},
                {"sort_head", state.has_sort_head},
                {"notes", state.notes},
                {"warnings", state.warnings}};
  model["tensors"] = Json::array();
  for (const StateEntry& entry : state.entries) model["tensors"].push_back(tensor_json(entry));
  return model;
}

void print_sizes(const ModelConfig& config) {
  const VideoConfig& video = config.video;
  const TextConfig& text = config.text;
  print_columns({"model", config.name, "kind " + to_string(config.kind), to_string(config.activation)});
  print_columns({"video encoder", concat("width ", video.width), concat("layers ", video.layers),
                 concat("heads ", video.heads), concat("patch ", video.patch_size), concat("image ", video.image_size),
                 concat("frames ", video.num_frames)});
  print_columns({"text encoder", concat("width ", text.width), concat("layers ", text.layers),
                 concat("heads ", text.heads), concat("context ", text.context_length),
                 concat("vocabulary ", text.vocab_size)});
  print_columns({"embedding", std::to_string(config.embed_dim)});
}

}  // namespace

void print_model(const ModelState& state, bool json) {
  const Cost cost(state.spec.config);
  if (json) return print_json(model_json(state, cost));
  print_sizes(state.spec.config);
  print_columns({"preprocessing", to_string(state.spec.preprocess)});
  print_columns({"special tokens", to_string(state.spec.tokenizer.special_tokens)});
  print_columns({"pooling", to_string(state.spec.pool)});
  print_columns({"origin", state.spec.origin});
  if (!state.spec.notice.empty()) print_columns({"notice", state.spec.notice});
  print_columns({"parameters", grouped(cost.parameters.total()),
                 grouped(cost.parameters.total() - cost.parameters.temporal_attention) +
                     " without temporal attention, as the paper counts"});
  print_columns({"multiply-adds", billions(cost.video + cost.text), "video " + billions(cost.video),
                 "text " + billions(cost.text)});
  for (const std::string& note : state.notes) print_columns({"note", note});
  for (const std::string& warning : state.warnings) print_columns({"warning", warning});
  for (const StateEntry& entry : state.entries) {
    print_columns({"tensor", entry.name, to_string(entry.shape),
                   entry.tensor() != nullptr ? to_string(entry.tensor()->dtype()) : "fresh"});
  }
}

}  // namespace tvts::cli
