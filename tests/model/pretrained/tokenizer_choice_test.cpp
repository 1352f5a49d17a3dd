// The choice of a model's vocabulary, and the error when it does not fit.
#include "tests/support/error_text.h"
#include "tests/text/clip_vocabulary.h"
#include "tvts/model/pretrained/load_model.h"

namespace tvts::test {
namespace {

ModelSpec spec_of_size(int64_t vocab_size, const std::string& merges = "") {
  ModelSpec spec;
  spec.config.text.vocab_size = vocab_size;
  spec.tokenizer.merges = merges;
  return spec;
}

std::string said(const ModelSpec& spec, const std::string& path) {
  return error_text([&] { make_tokenizer(spec, path); });
}

TEST(TokenizerChoice, ASmallModelTakesTheFirstMergesOfClip) {
  TVTS_SKIP_WITHOUT_VOCABULARY;
  const Tokenizer tokenizer = make_tokenizer(spec_of_size(600), TVTS_VOCABULARY);
  EXPECT_EQ(tokenizer.vocab_size(), 600);
  EXPECT_EQ(tokenizer.end_id(), 599);
}

TEST(TokenizerChoice, MergesOfAnotherNumberThanTheModelHasTokensForAreAnError) {
  const std::string text = said(spec_of_size(600, "c a\nca t</w>\n"), "absent");
  EXPECT_TRUE(contains(text, "600 text tokens") && contains(text, "516")) << text;
}

TEST(TokenizerChoice, AModelWithMoreTokensThanClipHasIsAnError) {
  TVTS_SKIP_WITHOUT_VOCABULARY;
  const std::string text = said(spec_of_size(50000), TVTS_VOCABULARY);
  EXPECT_TRUE(contains(text, "found 48894 merges, expected at least 49486")) << text;
}

TEST(TokenizerChoice, AModelWithFewerTokensThanThereAreBytesIsAnError) {
  TVTS_SKIP_WITHOUT_VOCABULARY;
  const std::string text = said(spec_of_size(40), TVTS_VOCABULARY);
  EXPECT_TRUE(contains(text, "40 text tokens") && contains(text, "514")) << text;
}

TEST(TokenizerChoice, AnAbsentVocabularyIsNamed) {
  EXPECT_TRUE(contains(said(spec_of_size(600), "/nowhere/vocabulary.gz"), "/nowhere/vocabulary.gz"));
}

}  // namespace
}  // namespace tvts::test
