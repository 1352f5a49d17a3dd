#include "tvts/data/brace_pattern.h"

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

}  // namespace
}  // namespace tvts
