// The specification that a model file contains: everything besides the weights that decides its numbers.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

#include "tvts/config/model_config.h"
#include "tvts/config/pool.h"
#include "tvts/config/preprocess.h"

namespace tvts {

// The tokenizer's spelling of its two special tokens; it shows only in a text that contains them.
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

// The source of the statement which preprocessing a model's weights need.
enum class PreprocessBasis {
  kOrigin,  // none: it is the preprocessing of weights of this origin
  kRun,     // the training run that wrote the file
  kUser     // tvts convert --preprocess
};

struct ModelSpec {
  ModelConfig config;
  Preprocess preprocess = Preprocess::kTvtsv2Eval;
  PreprocessBasis preprocess_basis = PreprocessBasis::kOrigin;
  Pool pool = Pool::kCls;  // of a clip's frames; kMean: the weights were trained so
  TokenizerSpec tokenizer;
  std::string origin;  // where the weights come from: "init seed 7", "OpenAI CLIP ViT-B-16.pt", "TVTSv2 ..."
  std::string notice;  // a notice shown to every user of the model, such as what it cannot do; may be empty
  bool operator==(const ModelSpec&) const = default;
};

// True if a notice can be shown as it is: one line, which must not steer a terminal.
inline constexpr std::size_t kMostNoticeBytes = 500;
inline bool is_notice(const std::string& notice) {
  const bool one_line = std::ranges::none_of(notice, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  return one_line && notice.size() <= kMostNoticeBytes;
}

// The beginning of the origin of every model that tvts pretrain wrote.
inline constexpr char kTrainedOrigin[] = "tvts pretrain";

// The preprocessing that the weights of a file written by a run were trained on. Earlier versions trained on
// tvtsv2-eval alone and stated what the start of the run had stated.
inline Preprocess trained_preprocess(const ModelSpec& spec) {
  return spec.preprocess_basis == PreprocessBasis::kOrigin ? Preprocess::kTvtsv2Eval : spec.preprocess;
}

inline SpecialTokens default_special_tokens(ModelKind kind) {
  return kind == ModelKind::kH ? SpecialTokens::kOpenClip : SpecialTokens::kOpenAi;
}

}  // namespace tvts
