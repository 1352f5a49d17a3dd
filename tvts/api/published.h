// The published models' names and their tokenizer, which need no model file.
// Free of libtorch.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tvts/api/tvts.h"

namespace tvts::api {

// "ViT-B-32", ...: what LoadOptions::model takes beside a JSON file of sizes.
TVTS_API std::vector<std::string> model_names();

// CLIP's tokenizer. Copies share the vocabulary; const functions may be called from many threads.
class TVTS_API Tokenizer {
 public:
  // Of a published model, or a JSON file of sizes. special_tokens: "openai" or "open_clip"; empty: "openai".
  // Throws Error(kUsage) for an unknown name, Error(kInput) when a file cannot be read.
  static Tokenizer of_model(const std::string& model, const std::string& special_tokens = "");
  // context_length: ids of each text, at least 2.
  static Tokenizer of_length(std::int64_t context_length, const std::string& special_tokens = "");

  std::int64_t context_length() const;  // L
  std::int64_t vocab_size() const;

  // [texts, L]: start, the text's byte pairs, end, then zeros. A text too long is cut, and the end kept.
  std::vector<std::int64_t> encode(std::span<const std::string> texts) const;

  struct State;

 private:
  explicit Tokenizer(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

}  // namespace tvts::api
