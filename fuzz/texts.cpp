// Captions: cleaning gives UTF-8, the tokenizer ids in range with a start and an end; vocabularies are read again as
// they are written.
#include <algorithm>

#include "fuzz/support/target.h"
#include "fuzz/support/text.h"
#include "tvts/core/error.h"
#include "tvts/text/clean.h"
#include "tvts/text/tokenizer.h"
#include "tvts/text/unicode.h"

namespace tvts::fuzz {
namespace {

const Tokenizer& tokenizer() {
  static const Tokenizer kTokenizer(Vocabulary::from_merges("t h\nth e</w>\na n\nan d</w>\n"));
  return kTokenizer;
}

void check_vocabulary(std::string_view text) {
  const Vocabulary vocabulary = Vocabulary::from_merges(text);
  TVTS_ASSERT(Vocabulary::from_merges(vocabulary.merges_text()).size() == vocabulary.size());
}

void check_text(std::string_view text) {
  const std::string clean = clean_text(text);
  TVTS_ASSERT(encode_utf8(decode_utf8(clean)) == clean);
  const std::vector<int32_t> ids = tokenizer().encode(text);
  TVTS_ASSERT(static_cast<int64_t>(ids.size()) == tokenizer().context_length());
  TVTS_ASSERT(ids.front() == tokenizer().start_id() && std::ranges::count(ids, tokenizer().end_id()) >= 1);
  TVTS_ASSERT(std::ranges::all_of(ids, [](int32_t id) { return id >= 0 && id < tokenizer().vocab_size(); }));
}

}  // namespace

void one_input(Bytes input) {
  const bool is_vocabulary = take_choice(input, 8) == 7;
  return is_vocabulary ? check_vocabulary(text_of(input)) : check_text(text_of(input));
}

}  // namespace tvts::fuzz
