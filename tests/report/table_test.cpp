#include "tvts/report/table.h"

#include "tests/report/report_support.h"
#include "tvts/report/plain_text.h"

namespace tvts::test {
namespace {

Table two_by_two() {
  return {.title = "Results",
          .columns = {"Model", "R@1", "Start"},
          .rows = {{text_cell("ours"), marked(number_cell(34.52)), text_cell("CLIP")},
                   {text_cell("mean of frames"), number_cell(4), missing_cell("not in our copy")}},
          .notes = {"* best"}};
}

TEST(Table, IsAlignedAsText) {
  EXPECT_EQ(text_table(two_by_two()),
            "Results\n"
            "Model            R@1   Start\n"
            "--------------  -----  ---------------\n"
            "ours            34.5*  CLIP\n"
            "mean of frames   4.0   not in our copy\n"
            "* best\n");
}

TEST(Table, CountsCharactersNotBytes) {
  const Table table{.columns = {"a", "b"},
                    .rows = {{text_cell("é"), text_cell("x")}, {text_cell("ee"), text_cell("y")}}};
  EXPECT_EQ(text_table(table), "a   b\n--  -\né   x\nee  y\n");
}

TEST(Table, OfNothingIsItsTitle) { EXPECT_EQ(text_table({.title = "Empty"}), "Empty\n"); }

TEST(Table, WithoutRowsIsItsHead) { EXPECT_EQ(text_table({.columns = {"a"}}), "a\n-\n"); }

TEST(Table, SendsNoControlsToTheTerminal) {
  const Table table{.title = kHostile, .columns = {kHostile}, .rows = {{text_cell(kHostile)}}, .notes = {kHostile}};
  for (const char control : {'\x01', '\x1b', '\x7f', '\xc0'})
    EXPECT_FALSE(has(text_table(table), std::string(1, control)));
}

TEST(Table, HasHeadingCellsForRowsAndColumns) {
  const std::string html = table_html(two_by_two());
  EXPECT_TRUE(has(html, "<caption>Results</caption>"));
  EXPECT_TRUE(has(html, "<th scope=\"col\">Model</th>"));
  EXPECT_TRUE(has(html, "<th scope=\"row\">ours</th>"));
  EXPECT_TRUE(has(html, "<td class=\"number\"><strong>34.5</strong></td>"));
  EXPECT_TRUE(has(html, "<td class=\"missing\">not in our copy</td>"));
}

TEST(Table, IsEscapedInHtml) {
  const Table table{.title = kHostile, .columns = {kHostile}, .rows = {{text_cell(kHostile)}}, .notes = {kHostile}};
  EXPECT_FALSE(has(table_html(table), "<script"));
}

TEST(Table, HasNumbersAndNullsAsJson) {
  EXPECT_EQ(
      table_json(two_by_two()).dump(),
      R"({"title":"Results","columns":["Model","R@1","Start"],"rows":[["ours",34.52,"CLIP"],["mean of frames",4.0,null]],)"
      R"("marked":[[0,1]],"notes":["* best"]})");
}

TEST(Table, IsJsonWhateverItsBytes) {
  const Table table{.title = kHostile, .columns = {kHostile}, .rows = {{text_cell(kHostile)}}};
  EXPECT_NO_THROW(table_json(table).dump());
}

TEST(Number, ThatIsNoneIsMissing) {
  EXPECT_TRUE(number_cell(kNan).is_missing);
  EXPECT_TRUE(number_cell(-kInfinity).is_missing);
}

TEST(Number, IsWrittenTheSameInEveryLanguage) {
  EXPECT_EQ(fixed(1234.5, 2), "1234.50");
  EXPECT_EQ(fixed(-0.004, 2), "0.00");
  EXPECT_EQ(fixed(-0.006, 2), "-0.01");
  EXPECT_EQ(fixed(1e300, 0).size(), 301U);
  EXPECT_EQ(short_number(0.0001), "1e-4");
  EXPECT_EQ(short_number(0.00123456), "0.001235");
  EXPECT_EQ(short_number(-0.000123456), "-1.235e-4");
  EXPECT_EQ(short_number(0), "0");
  EXPECT_EQ(short_number(1e100), "1e100");
  EXPECT_EQ(short_number(0.25), "0.25");
}

TEST(Text, IsShortenedByCharacters) {
  EXPECT_EQ(shortened("éèê", 3), "éèê");
  EXPECT_EQ(shortened("éèêë", 3), "éè…");
}

}  // namespace
}  // namespace tvts::test
