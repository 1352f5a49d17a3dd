#include "tvts/text/tokenizer.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "tests/text/clip_vocabulary.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

using Ids = std::vector<int32_t>;

// Ids: "low" 513, start 515, end 516.
const Vocabulary& small_vocabulary() {
  static const auto vocabulary = Vocabulary::from_merges("l o\nlo w</w>\nlo w\n");
  return vocabulary;
}

TEST(Tokenizer, SaysWhichTextsItCuts) {
  const Tokenizer tokenizer(small_vocabulary(), {.context_length = 5});
  EXPECT_FALSE(tokenizer.cuts(""));
  EXPECT_FALSE(tokenizer.cuts("low low low"));
  EXPECT_TRUE(tokenizer.cuts("low low low low"));
  EXPECT_TRUE(tokenizer.cuts("low low xyz"));
}

TEST(Tokenizer, FramesTheTextWithStartAndEndAndPadsWithZeros) {
  const Tokenizer tokenizer(small_vocabulary(), {.context_length = 6});
  EXPECT_EQ(tokenizer.start_id(), 515);
  EXPECT_EQ(tokenizer.end_id(), 516);
  EXPECT_EQ(tokenizer.vocab_size(), 517);
  EXPECT_EQ(tokenizer.encode("Low  LOW"), (Ids{515, 513, 513, 516, 0, 0}));
  EXPECT_EQ(tokenizer.encode(""), (Ids{515, 516, 0, 0, 0, 0}));
}

TEST(Tokenizer, CutsLongTextAndKeepsTheEndToken) {
  const Tokenizer tokenizer(small_vocabulary(), {.context_length = 4});
  EXPECT_EQ(tokenizer.encode("low low"), (Ids{515, 513, 513, 516}));
  EXPECT_EQ(tokenizer.encode("low low low"), (Ids{515, 513, 513, 516}));
  EXPECT_EQ(tokenizer.encode("low xyz"), (Ids{515, 513, byte_token('x'), 516}));  // cut inside a word
}

TEST(Tokenizer, HoldsNothingInAContextOfTwo) {
  const Tokenizer tokenizer(small_vocabulary(), {.context_length = 2});
  EXPECT_EQ(tokenizer.encode("low"), (Ids{515, 516}));
  EXPECT_THROW(Tokenizer(small_vocabulary(), {.context_length = 1}), Error);
}

TEST(Tokenizer, KnowsOnlyTheSpecialStringsOfItsKind) {
  const Tokenizer openai(small_vocabulary(), {.context_length = 4, .special_tokens = SpecialTokens::kOpenAi});
  const Tokenizer openclip(small_vocabulary(), {.context_length = 4, .special_tokens = SpecialTokens::kOpenClip});
  EXPECT_EQ(openai.encode("<|STARTOFTEXT|> <|endoftext|>"), (Ids{515, 515, 516, 516}));
  EXPECT_EQ(openclip.encode("<start_of_text> <END_of_text>"), (Ids{515, 515, 516, 516}));
  EXPECT_EQ(openai.encode("<start_of_text>")[1], byte_token('<') + 256);
  EXPECT_EQ(openclip.encode("<|startoftext|>")[1], byte_token('<'));  // "<|" is one piece
}

TEST(Tokenizer, GivesASpecialStringInLongSNoSpecialId) {
  const Tokenizer tokenizer(small_vocabulary(), {.context_length = 4});
  EXPECT_EQ(tokenizer.encode("<|\u017ftartoftext|>")[1], byte_token('<'));
}

TEST(Tokenizer, TakesVeryLongWords) {
  const Tokenizer tokenizer(small_vocabulary(), {.context_length = 5});
  std::string word;
  for (int i = 0; i < 100'000; ++i) word += "low";
  EXPECT_EQ(tokenizer.encode(word), (Ids{515, 514, 514, 514, 516}));
}

TEST(Tokenizer, GivesEveryThreadTheSameIds) {
  const Tokenizer tokenizer(small_vocabulary(), {.context_length = 16});
  const std::string text = "Low &eacute; caf\u00c3\u00a9 \u201clow\u201d";
  const Ids expected = tokenizer.encode(text);
  std::vector<Ids> found(4);
  std::vector<std::jthread> threads;
  for (Ids& ids : found) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) ids = tokenizer.encode(text);
    });
  }
  threads.clear();
  for (const Ids& ids : found) EXPECT_EQ(ids, expected);
}

TEST(Tokenizer, OfAPrefixVocabularyUsesOnlyItsTokens) {
  TVTS_SKIP_WITHOUT_VOCABULARY;
  const Tokenizer tokenizer(test::clip_vocabulary().prefix(486), {.context_length = 12});
  EXPECT_EQ(tokenizer.vocab_size(), 1000);
  const Ids ids = tokenizer.encode("a photograph of a cat");
  EXPECT_EQ(ids[0], 998);
  for (const int32_t id : ids) EXPECT_LT(id, 1000);
  EXPECT_EQ(std::count(ids.begin(), ids.end(), 999), 1);
}

}  // namespace
}  // namespace tvts
