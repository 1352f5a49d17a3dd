#include "tvts/text/split.h"

#include <gtest/gtest.h>
#include <unicode/uchar.h>

#include <string>
#include <vector>

namespace tvts {
namespace {

using Strings = std::vector<std::string>;

Strings pieces_of(std::string_view text, SpecialTokens kind = SpecialTokens::kOpenAi) {
  Strings found;
  Pieces pieces(text, special_strings(kind));
  for (auto piece = pieces.next(); !piece.empty(); piece = pieces.next()) found.emplace_back(piece);
  return found;
}

TEST(Pieces, AreRunsOfLettersSingleNumbersAndRunsOfTheRest) {
  EXPECT_EQ(pieces_of("a dog, 42 times?!"), (Strings{"a", "dog", ",", "4", "2", "times", "?!"}));
  EXPECT_EQ(pieces_of("abc1x2"), (Strings{"abc", "1", "x", "2"}));
}

TEST(Pieces, AreNoneWhereThereIsNoText) {
  EXPECT_EQ(pieces_of(""), Strings{});
  EXPECT_EQ(pieces_of(" \n\u3000"), Strings{});
}

TEST(Pieces, TakeContractionsOffWordsOnlyWhereAPieceStarts) {
  EXPECT_EQ(pieces_of("don't they're i'm we've he'll it's she'd"),
            (Strings{"don", "'t", "they", "'re", "i", "'m", "we", "'ve", "he", "'ll", "it", "'s", "she", "'d"}));
  EXPECT_EQ(pieces_of("'start 'x !'s"), (Strings{"'s", "tart", "'", "x", "!'", "s"}));
  EXPECT_EQ(pieces_of("'r 'l"), (Strings{"'", "r", "'", "l"}));
}

TEST(Pieces, TakeTheLongSForAnS) { EXPECT_EQ(pieces_of("a'\u017ftart"), (Strings{"a", "'\u017f", "tart"})); }

TEST(Pieces, KnowLettersAndNumbersOfEveryScript) {
  EXPECT_EQ(pieces_of("日本x語2٣ⅷ²"), (Strings{"日本x語", "2", "٣", "ⅷ", "²"}));
  EXPECT_EQ(pieces_of("e\u0301a"), (Strings{"e", "\u0301", "a"}));  // a mark is no letter
  EXPECT_EQ(pieces_of("🙂🙂!"), (Strings{"🙂🙂!"}));
  EXPECT_EQ(pieces_of("a\u2003b\u00a0c"), (Strings{"a", "b", "c"}));
}

// A newer one, in Python's regex of 2025 or in another ICU, joins what this one takes apart.
TEST(Pieces, KnowTheLettersOfUnicode15) {
  if (std::string_view(U_UNICODE_VERSION) != "15.0") GTEST_SKIP() << "ICU has Unicode " << U_UNICODE_VERSION;
  EXPECT_EQ(pieces_of("a\U0001E4D0b"), (Strings{"a\U0001E4D0b"}));  // Nag Mundari, a letter since 15.0
  EXPECT_EQ(pieces_of("a\u0558b"), (Strings{"a", "\u0558", "b"}));  // Armenian, a letter in a newer one
  EXPECT_EQ(pieces_of("a\u1C89b"), (Strings{"a", "\u1C89", "b"}));  // Cyrillic, a letter since 16.0
}

TEST(Pieces, KeepTheSpecialStringsOfTheirKindWhole) {
  EXPECT_EQ(pieces_of("a<|endoftext|>b<|startoftext|>"), (Strings{"a", "<|endoftext|>", "b", "<|startoftext|>"}));
  EXPECT_EQ(pieces_of("<end_of_text>"), (Strings{"<", "end", "_", "of", "_", "text", ">"}));
  EXPECT_EQ(pieces_of("<end_of_text><|endoftext|>", SpecialTokens::kOpenClip),
            (Strings{"<end_of_text>", "<|", "endoftext", "|>"}));
}

TEST(Pieces, FindASpecialStringOnlyWhereAPieceStarts) {
  EXPECT_EQ(pieces_of("!<|endoftext|>"), (Strings{"!<|", "endoftext", "|>"}));
  EXPECT_EQ(pieces_of("<|endoftext"), (Strings{"<|", "endoftext"}));
}

}  // namespace
}  // namespace tvts
