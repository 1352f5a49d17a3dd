#include "tvts/text/alignment.h"

#include <gtest/gtest.h>

#include "tvts/core/error.h"

namespace tvts {
namespace {

using Words = std::vector<std::string>;

TEST(AlignWords, TakesTheSpellingOfWordsThatSoundAlike) {
  EXPECT_EQ(align_words(Words{"hullo", "their", "wurld"}, Words{"Hello,", "there", "World!"}),
            (Words{"Hello,", "there", "World!"}));
}

TEST(AlignWords, IgnoresCaseAndPunctuation) {
  EXPECT_EQ(align_words(Words{"its", "done"}, Words{"It's", "DONE."}), (Words{"It's", "DONE."}));
}

TEST(AlignWords, ComparesCodePointsNotBytes) {
  // In bytes "é" is as far from "ab" as from "b".
  EXPECT_EQ(align_words(Words{"caf\u00e9", "x"}, Words{"caf\u00c9", "x"}), (Words{"caf\u00c9", "x"}));
}

TEST(AlignWords, GivesAWordHeardInTwoPartsOnce) {
  EXPECT_EQ(align_words(Words{"pan", "cake", "mix"}, Words{"pancake", "mix"}), (Words{"pancake", "", "mix"}));
}

TEST(AlignWords, JoinsSpelledWordsThatWereHeardAsOne) {
  EXPECT_EQ(align_words(Words{"gonna", "go"}, Words{"going", "to", "go"}), (Words{"going", "to go"}));
}

TEST(AlignWords, OfNothingIsNothing) {
  EXPECT_EQ(align_words(Words{}, Words{"a"}), Words{});
  EXPECT_EQ(align_words(Words{"a", "b"}, Words{}), (Words{"", ""}));
}

TEST(AlignWords, UsesEachSpelledWordOnceWhateverTheCounts) {
  for (const std::size_t timed_count : {1U, 5U, 90U, 200U}) {
    for (const std::size_t spelled_count : {1U, 7U, 90U, 230U}) {
      Words timed, spelled;
      for (std::size_t i = 0; i < timed_count; ++i) timed.push_back(std::to_string(i * i % 37));
      for (std::size_t i = 0; i < spelled_count; ++i) spelled.push_back(std::to_string(i * 3 % 41));
      std::string joined, expected;
      for (const std::string& text : align_words(timed, spelled)) joined += text.empty() ? "" : text + " ";
      const std::size_t used = std::min(spelled_count, timed_count + 32);
      for (std::size_t i = 0; i < used; ++i) expected += spelled[i] + " ";
      EXPECT_EQ(joined, expected) << timed_count << " " << spelled_count;
    }
  }
}

TEST(AlignWords, RefusesTextsOfMoreWordsThanAnyoneSays) {
  const Words many(20000, "word");
  EXPECT_THROW(align_words(many, many), Error);
}

}  // namespace
}  // namespace tvts
