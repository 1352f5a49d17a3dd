#include "tvts/api/published.h"

#include "tvts/api/data_files.h"
#include "tvts/api/open_model.h"
#include "tvts/text/tokenizer.h"

namespace tvts::api {

std::vector<std::string> model_names() { return tvts::model_names(); }

struct Tokenizer::State {
  tvts::Tokenizer tokenizer;
};

namespace {

// The vocabulary of a model of this size, its first merges; 0: the whole.
tvts::Tokenizer tokenizer(std::int64_t vocab_size, std::int64_t context_length, const std::string& special_tokens) {
  Vocabulary vocabulary = Vocabulary::from_file(vocabulary_path());
  if (vocab_size > 0 && vocab_size < vocabulary.size()) {
    vocabulary = vocabulary.prefix(static_cast<std::size_t>(vocab_size - kByteTokens - 2));
  }
  const AskedModel asked = asked_model(/*name_or_file=*/"", /*activation=*/"", special_tokens);
  return tvts::Tokenizer(vocabulary, {.context_length = context_length,
                                      .special_tokens = asked.special_tokens.value_or(SpecialTokens::kOpenAi)});
}

}  // namespace

Tokenizer Tokenizer::of_model(const std::string& model, const std::string& special_tokens) {
  const TextConfig text = model_config(model).text;
  return Tokenizer(
      std::make_shared<const State>(State{tokenizer(text.vocab_size, text.context_length, special_tokens)}));
}

Tokenizer Tokenizer::of_length(std::int64_t context_length, const std::string& special_tokens) {
  return Tokenizer(std::make_shared<const State>(State{tokenizer(/*vocab_size=*/0, context_length, special_tokens)}));
}

std::int64_t Tokenizer::context_length() const { return state_->tokenizer.context_length(); }

std::int64_t Tokenizer::vocab_size() const { return state_->tokenizer.vocab_size(); }

std::vector<std::int64_t> Tokenizer::encode(std::span<const std::string> texts) const {
  std::vector<std::int64_t> ids;
  ids.reserve(texts.size() * static_cast<std::size_t>(context_length()));
  for (const std::string& text : texts) {
    const std::vector<std::int32_t> of_text = state_->tokenizer.encode(text);
    ids.insert(ids.end(), of_text.begin(), of_text.end());
  }
  return ids;
}

}  // namespace tvts::api
