#include "tvts/text/split.h"

#include <gtest/gtest.h>

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
