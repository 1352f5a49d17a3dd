#include "tvts/text/tokenizer.h"

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/text/clean.h"

namespace tvts {

Tokenizer::Tokenizer(const Vocabulary& vocabulary, TokenizerOptions options)
    : options_(options),
      byte_pairs_(vocabulary),
      special_strings_(special_strings(options.special_tokens)),
      start_id_(static_cast<int32_t>(vocabulary.size() - 2)) {
  if (options.context_length < 2) {
    fail_usage("tokenizer: found a context length of ", options.context_length, ", expected at least 2");
  }
}

std::vector<int32_t> Tokenizer::encode(std::string_view text) const {
  std::vector<int32_t> ids(static_cast<std::size_t>(options_.context_length));
  encode(text, ids);
  return ids;
}

void Tokenizer::encode(std::string_view text, std::span<int32_t> ids) const {
  TVTS_ASSERT(ids.size() == static_cast<std::size_t>(options_.context_length));
  std::vector<int32_t> tokens = body(text, capacity());
  tokens.resize(std::min(tokens.size(), capacity()));
  ids[0] = start_id_;
  const auto end = std::copy(tokens.begin(), tokens.end(), ids.begin() + 1);
  *end = start_id_ + 1;
  std::fill(end + 1, ids.end(), 0);
}

std::vector<int32_t> Tokenizer::body(std::string_view text, std::size_t enough) const {
  const std::string cleaned = clean_text(text);
  std::vector<int32_t> tokens;
  tokens.reserve(cleaned.size());  // a token is a byte at least
  Pieces pieces(cleaned, special_strings_);
  for (std::string_view piece = pieces.next(); !piece.empty() && tokens.size() < enough; piece = pieces.next()) {
    if (piece == special_strings_.start) {
      tokens.push_back(start_id_);
    } else if (piece == special_strings_.end) {
      tokens.push_back(start_id_ + 1);
    } else {
      byte_pairs_.encode(piece, tokens);
    }
  }
  return tokens;
}

}  // namespace tvts
