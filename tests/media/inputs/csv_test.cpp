#include "tvts/media/inputs/csv.h"

#include <gtest/gtest.h>

#include <random>

#include "tvts/core/error.h"

namespace tvts {
namespace {

using Fields = std::vector<std::string>;

std::vector<Fields> records(std::string_view text, CsvDialect dialect = {}) {
  CsvReader reader(text, "a.csv", dialect);
  std::vector<Fields> all;
  while (auto record = reader.next()) all.push_back(std::move(record->fields));
  return all;
}

std::string refusal_of(std::string_view text) {
  try {
    records(text);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

TEST(Csv, SplitsFieldsAndLines) {
  EXPECT_EQ(records("a,b\nc,\n,d\n"), (std::vector<Fields>{{"a", "b"}, {"c", ""}, {"", "d"}}));
}

TEST(Csv, TheLastLineNeedsNoEnd) { EXPECT_EQ(records("a,b"), (std::vector<Fields>{{"a", "b"}})); }

TEST(Csv, AcceptsBothLineEnds) { EXPECT_EQ(records("a,b\r\nc,d\n"), (std::vector<Fields>{{"a", "b"}, {"c", "d"}})); }

TEST(Csv, SkipsEmptyLines) { EXPECT_EQ(records("\n\na\r\n\r\n\nb\n\n"), (std::vector<Fields>{{"a"}, {"b"}})); }

TEST(Csv, QuotedFieldsHoldDelimitersLineEndsAndMarks) {
  EXPECT_EQ(records("\"a,b\",\"c\r\nd\",\"say \"\"yes\"\"\",\"\"\n"),
            (std::vector<Fields>{{"a,b", "c\r\nd", "say \"yes\"", ""}}));
}

TEST(Csv, AMarkInsideAnUnquotedFieldStandsForItself) {
  EXPECT_EQ(records("5\" disc,x\n"), (std::vector<Fields>{{"5\" disc", "x"}}));
}

TEST(Csv, SpacesBelongToTheField) { EXPECT_EQ(records(" a , b\n"), (std::vector<Fields>{{" a ", " b"}})); }

TEST(Csv, WithoutQuotesAMarkIsACharacter) {
  EXPECT_EQ(records("\"a\tb\"\n", {.delimiter = '\t', .quotes = CsvDialect::Quotes::kNone}),
            (std::vector<Fields>{{"\"a", "b\""}}));
}

TEST(Csv, RecordsKnowTheLineTheyBeginOn) {
  CsvReader reader("a\n\n\"b\nb\"\r\nc\n", "a.csv");
  EXPECT_EQ(reader.next()->line, 1U);
  EXPECT_EQ(reader.next()->line, 3U);
  EXPECT_EQ(reader.next()->line, 5U);
}

TEST(Csv, AQuoteThatDoesNotCloseIsAnErrorWithTheLineItOpenedOn) {
  EXPECT_TRUE(refusal_of("a\nb,\"c\nd\n").starts_with("a.csv:2: ")) << refusal_of("a\nb,\"c\nd\n");
  EXPECT_TRUE(refusal_of("\"").starts_with("a.csv:1: "));
}

TEST(Csv, TextAfterAClosingMarkBelongsToTheFieldAsInPython) {
  EXPECT_EQ(records("a,\"Stop\" he says,b\n"), (std::vector<Fields>{{"a", "Stop he says", "b"}}));
}

TEST(Csv, AFieldThatGoesOnAfterItsEndOnAnotherLineIsAnErrorOfTheFirst) {
  CsvReader reader("a\n\"b\nb\" c,d\n", "a.csv");
  EXPECT_EQ(reader.next()->fields, Fields{"a"});
  EXPECT_THROW(reader.next(), Error);
  EXPECT_EQ(reader.line(), 2U);
  EXPECT_EQ(reader.next()->fields, (Fields{"b\" c", "d"}));
  EXPECT_EQ(reader.line(), 3U);
}

TEST(Csv, AfterAnOpenMarkTheNextLineIsRead) {
  CsvReader reader("a,\"b\nc,d\n", "a.csv");
  EXPECT_THROW(reader.next(), Error);
  EXPECT_EQ(reader.next()->fields, (Fields{"c", "d"}));
  EXPECT_FALSE(reader.next());
}

TEST(Csv, AQuotedFieldMayBeginAfterBlanks) {
  EXPECT_EQ(records("a, \"b, c\"\n"), (std::vector<Fields>{{"a", "b, c"}}));
  EXPECT_EQ(records("a, \"b\" c\n"), (std::vector<Fields>{{"a", " \"b\" c"}}));
}

TEST(Csv, WhereMarksComeInPairsOneWithoutItsSecondIsText) {
  const CsvDialect tabs = {.delimiter = '\t', .quotes = CsvDialect::Quotes::kIfPair};
  EXPECT_EQ(records("\"Stop, he says\tx\n\"a\tb\"\t\"Go\" she says\n", tabs),
            (std::vector<Fields>{{"\"Stop, he says", "x"}, {"a\tb", "\"Go\" she says"}}));
}

TEST(Csv, OpenMarksInEveryRowTakeTimeInProportion) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "a,\"\"\"x\nb,\"\"\"\"x\n";
  CsvReader reader(text, "a.csv");
  std::size_t calls = 0;
  for (bool more = true; more; ++calls) {
    try {
      more = reader.next().has_value();
    } catch (const Error&) {
    }
  }
  EXPECT_EQ(calls, 200'001U);
}

TEST(Csv, AMissingColumnIsAnErrorThatNamesTheColumnsFound) {
  try {
    find_column({.fields = {"video", "text"}, .line = 1}, "path", "a.csv");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "a.csv:1: found the columns video, text; expected one named path");
  }
}

TEST(Csv, RandomTextIsReadOrRefusedAndNothingElse) {
  std::mt19937 random(11);
  constexpr std::string_view kAlphabet = "ab,\"\n\r\t\xEF";
  for (int trial = 0; trial < 20000; ++trial) {
    std::vector<char> text(random() % 24);
    for (char& c : text) c = kAlphabet[random() % kAlphabet.size()];
    refusal_of({text.data(), text.size()});
  }
}

}  // namespace
}  // namespace tvts
