// CLIP's tokenizer: a text becomes context_length ids: start, the text's byte pairs, end, then zeros.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tvts/config/model_spec.h"
#include "tvts/text/byte_pairs.h"
#include "tvts/text/split.h"
#include "tvts/text/vocabulary.h"

namespace tvts {

struct TokenizerOptions {
  int64_t context_length = 77;  // at least 2: the start and the end token
  SpecialTokens special_tokens = SpecialTokens::kOpenAi;
};

// Immutable after construction: any number of threads may encode.
class Tokenizer {
 public:
  // Copies what it needs of the vocabulary. Throws Error(kUsage) when context_length is below 2.
  explicit Tokenizer(const Vocabulary& vocabulary, TokenizerOptions options = {});

  int64_t context_length() const { return options_.context_length; }
  int64_t vocab_size() const { return end_id() + 1; }
  int64_t start_id() const { return start_id_; }
  int64_t end_id() const { return start_id_ + 1; }

  // Cleans the text (clean_text) and encodes it. A text too long is cut, and the end token kept last.
  std::vector<int32_t> encode(std::string_view text) const;
  // The same into `ids`, which holds context_length ids.
  void encode(std::string_view text, std::span<int32_t> ids) const;
  // Whether the text is too long, and cut.
  bool cuts(std::string_view text) const { return body(text, capacity() + 1).size() > capacity(); }

 private:
  // Tokens between the start and the end token.
  std::size_t capacity() const { return static_cast<std::size_t>(options_.context_length - 2); }
  // The text's tokens in their order: all of them, or `enough` and more.
  std::vector<int32_t> body(std::string_view text, std::size_t enough) const;

  TokenizerOptions options_;
  BytePairs byte_pairs_;
  SpecialStrings special_strings_;
  int32_t start_id_ = 0;
};

}  // namespace tvts
