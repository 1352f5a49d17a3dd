#include "tvts/media/inputs/brace_pattern.h"

#include <gtest/gtest.h>

#include "tvts/core/error.h"

namespace tvts {
namespace {

using Names = std::vector<std::string>;

TEST(BracePattern, CountsWithLeadingZeros) {
  const Names names = expand_braces("s/{00000..00099}.tar");
  ASSERT_EQ(names.size(), 100U);
  EXPECT_EQ(names.front(), "s/00000.tar");
  EXPECT_EQ(names.back(), "s/00099.tar");
}

TEST(BracePattern, CountsWithoutLeadingZeros) { EXPECT_EQ(expand_braces("{8..10}"), (Names{"8", "9", "10"})); }

TEST(BracePattern, TheLongerNumberGivesTheWidthOfPaddedOnes) { EXPECT_EQ(expand_braces("{08..100}").front(), "008"); }

TEST(BracePattern, OfSeveralRangesTheLastRunsFastest) {
  EXPECT_EQ(expand_braces("{0..1}/{2..3}"), (Names{"0/2", "0/3", "1/2", "1/3"}));
}

TEST(BracePattern, OtherBracesStandForThemselves) {
  for (const std::string name : {"", "a.tar", "{", "{}", "{a..b}", "{1..}", "{..2}", "{1.2}", "{1..2", "{3..1}", "a}b{",
                                 "{-1..2}", "{1,2}", "{1234567890..1234567891}"}) {
    EXPECT_EQ(expand_braces(name), Names{name});
  }
}

TEST(BracePattern, ARangeInsideOtherBracesIsCounted) {
  EXPECT_EQ(expand_braces("{{1..2}..3}"), (Names{"{1..3}", "{2..3}"}));
}

TEST(BracePattern, TooManyNamesAreAnError) {
  EXPECT_EQ(expand_braces("{1..100000}").size(), 100000U);
  EXPECT_THROW(expand_braces("{0..100000}"), Error);
  EXPECT_THROW(expand_braces("{0..999}{0..999}{0..999}{0..999}"), Error);
  EXPECT_THROW(expand_braces("{0..999999999}"), Error);
}

// In the memory of what they stand for, not of every step there: 4 KB of open braces after two ranges took 1.7 GB.
TEST(BracePattern, ALongPatternOfManyNamesIsRefusedByItsBytes) {
  std::string pattern = "a{00..99}{000..999}";
  while (pattern.size() < 4096) pattern += "{b";
  EXPECT_THROW(expand_braces(pattern), Error);
}

TEST(BracePattern, ManySmallRangesTakeTimeInProportionToTheirNames) {
  std::string pattern;
  for (int i = 0; i < 9; ++i) pattern += "{0..1}";
  for (int i = 0; i < 200; ++i) pattern += "{7..7}";
  const Names names = expand_braces(pattern);
  ASSERT_EQ(names.size(), 512U);
  EXPECT_EQ(names[5], "000000101" + std::string(200, '7'));
}

TEST(BracePattern, PatternsTogetherKeepToTheBudget) {
  PatternBudget budget{.names = 150, .bytes = 1 << 20};
  EXPECT_EQ(expand_braces("{0..99}", budget).size(), 100U);
  EXPECT_THROW(expand_braces("{0..99}", budget), Error);
  EXPECT_EQ(expand_braces("{0..49}", budget).size(), 50U);
  EXPECT_EQ(expand_braces("no pattern", budget).size(), 1U);
}

}  // namespace
}  // namespace tvts
