// Cleaning against what the published implementation's own libraries made of the same texts (make_cleaning_cases.py).
#include "tvts/text/clean.h"
#include "tvts/core/input_file.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tvts/core/error.h"

namespace tvts {
namespace {

void expect_group(const std::string& name) {
  const auto groups = nlohmann::json::parse(read_file(TVTS_SOURCE_DIR "/tests/text/cleaning_cases.json"));
  ASSERT_FALSE(groups.at(name).empty());
  for (const auto& pair : groups.at(name)) {
    EXPECT_EQ(clean_text(pair.at(0).get<std::string>()), pair.at(1).get<std::string>()) << pair.dump();
  }
}

TEST(CleanText, FoldsAndLowersPlainAscii) { expect_group("plain"); }
TEST(CleanText, ResolvesHtmlReferences) { expect_group("html"); }
TEST(CleanText, StraightensQuotes) { expect_group("quotes"); }
TEST(CleanText, TakesLigaturesAndWidthsApart) { expect_group("forms"); }
TEST(CleanText, DropsControlsAndTerminalEscapes) { expect_group("controls"); }
TEST(CleanText, KnowsEveryLineBreak) { expect_group("line_breaks"); }
TEST(CleanText, KnowsEveryKindOfWhiteSpace) { expect_group("white_space"); }
TEST(CleanText, ComposesCharacters) { expect_group("composition"); }
TEST(CleanText, LowersFinalSigmaAndDottedI) { expect_group("lower_case"); }
TEST(CleanText, RereadsMisreadText) { expect_group("misread"); }
TEST(CleanText, AgreesOnMixtures) { expect_group("mixtures"); }

TEST(CleanText, ReplacesWhatIsNoUtf8) {
  EXPECT_EQ(clean_text("a\xff\xfe z"), "a\ufffd\ufffd z");
  EXPECT_EQ(clean_text("cut \xe4\xb8"), "cut \ufffd");                        // one character, its start
  EXPECT_EQ(clean_text("\xc0\xaf x"), "\ufffd\ufffd x");                      // too long a form of "/"
  EXPECT_EQ(clean_text("\xed\xa0\x80 x"), "\ufffd\ufffd\ufffd x");            // half a surrogate pair
  EXPECT_EQ(clean_text("\xf4\x90\x80\x80 x"), "\ufffd\ufffd\ufffd\ufffd x");  // past U+10FFFF
}

TEST(CleanText, StopsUnwrappingAfter64Rounds) {
  std::string text = "&", unwrapped = "&";
  for (int i = 0; i < 1000; ++i) text += "amp;";
  for (int i = 0; i < 1000 - 64 - 2; ++i) unwrapped += "amp;";  // two more by the unescaping after the repair
  EXPECT_EQ(clean_text(text), unwrapped);
}

TEST(CleanText, ComposesLongTextAsShort) {
  // Marks that are sorted and composed stand across every position where a long text might be cut.
  const std::string decomposed = "e\u0301\u0323", composed = "\u1eb9\u0301";
  std::string text = "x", expected = "x";
  for (int i = 0; i < 3000; ++i) {
    text += decomposed;
    expected += composed;
  }
  EXPECT_EQ(clean_text(text), expected);
}

TEST(CleanText, TakesEndlessRunsOfMarks) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "\u0301\u0323";
  EXPECT_EQ(clean_text(text).size(), text.size());
}

TEST(CleanText, RefusesWhatIsNoCaption) {
  EXPECT_THROW(clean_text(std::string((std::size_t{16} << 20) + 1, 'a')), Error);
}

}  // namespace
}  // namespace tvts
