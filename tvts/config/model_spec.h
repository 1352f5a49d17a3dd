// What a model file states about itself: everything that decides its numbers besides the weights.
#pragma once

#include <string>

#include "tvts/config/model_config.h"
#include "tvts/config/preprocess.h"

namespace tvts {

// How the tokenizer spells its two special tokens; it shows only in a text that contains them.
enum class SpecialTokens {
  kOpenAi,   // <|startoftext|>, <|endoftext|>: the B kind
  kOpenClip  // <start_of_text>, <end_of_text>: the H kind
};

struct TokenizerSpec {
  SpecialTokens special_tokens = SpecialTokens::kOpenAi;
  // The byte-pair merges, one pair a line, in order; empty: the first vocab_size - 514 merges of CLIP's vocabulary.
  std::string merges;
  bool operator==(const TokenizerSpec&) const = default;
};

struct ModelSpec {
  ModelConfig config;
  Preprocess preprocess = Preprocess::kTvtsv2Eval;
  TokenizerSpec tokenizer;
  std::string origin;  // where the weights come from: "init seed 7", "OpenAI CLIP ViT-B-16.pt", "TVTSv2 ..."
  std::string notice;  // what every user of the model is told, such as what it cannot do; empty: nothing
  bool operator==(const ModelSpec&) const = default;
};

inline SpecialTokens default_special_tokens(ModelKind kind) {
  return kind == ModelKind::kH ? SpecialTokens::kOpenClip : SpecialTokens::kOpenAi;
}

}  // namespace tvts
