// Loads a model file into a model that computes: weights, tokenizer and specification.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tvts/config/model_spec.h"
#include "tvts/core/log.h"
#include "tvts/model/runtime/inference.h"
#include "tvts/model/weights/model_state.h"
#include "tvts/text/tokenizer.h"

namespace tvts {

enum class ModelParts { kBoth, kTextOnly };

struct LoadOptions {
  std::optional<ModelConfig> asked;             // what the file should hold; a contradiction is an error
  std::optional<Activation> activation;         // stated by the user (OpenOptions::activation)
  std::optional<SpecialTokens> special_tokens;  // likewise
  ModelParts parts = ModelParts::kBoth;
  bool keep_sort_head = false;  // that checkpoints of a run hold beside the model
  std::string device = "cpu";
  Precision precision = Precision::kFp32;
  std::string vocabulary_path;  // CLIP's merges, for a model file that carries none
};

struct PretrainedModel {
  std::string path;  // of the file that was read: inside the folder, when a folder was given
  ModelSpec spec;
  InferenceModel model;
  SortHead sort_head{nullptr};  // on the model's device; empty: the file holds none, or it was not requested
  std::int64_t segments = 0;    // K of the sort head
  Tokenizer tokenizer;
  std::vector<Remark> remarks;  // remarks_on() the file
};

// Float32 weights stay in the mapped file, read-only, until a precision or a device needs others.
// Throws Error(kInput) when the file cannot be read, contradicts `asked`, or lacks tensors (docs/formats-model.md).
PretrainedModel load_model(const std::string& path, const LoadOptions& options);

// Remarks: choices where the file left something open, possible mistakes, and its notice.
std::vector<Remark> remarks_on(const std::string& path, const ModelState& state);

// The plain model of a state, with its sort head where the state has one, on the CPU: its parameters lie in the mapped
// file where they are float32 there, and take no gradient. Throws Error(kInput) when a file was cut short meanwhile.
DualEncoder dual_encoder_of(const ModelState& state, ModelParts parts = ModelParts::kBoth);

// The tokenizer that a model file needs. Throws Error(kInput) when its vocabulary cannot be read or has another
// size.
Tokenizer make_tokenizer(const ModelSpec& spec, const std::string& vocabulary_path);

}  // namespace tvts
