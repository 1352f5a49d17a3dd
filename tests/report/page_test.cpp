#include "tvts/report/page.h"

#include "tests/model/pretrained/python_script.h"
#include "tests/report/report_support.h"
#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"

namespace tvts::test {
namespace {

const std::string kJpeg = "\xFF\xD8\xFF\xE0";

Table table_with(const std::string& text) {
  return {.title = text,
          .columns = {text, text + "2"},
          .rows = {{text_cell(text), marked(number_cell(1))}, {missing_cell(text), missing_cell("–")}},
          .notes = {text}};
}

Chart chart_with(const std::string& text) {
  return {.title = text,
          .x_label = text,
          .y_label = text,
          .series = {{text, {1, 2, 3}, {1, kNan, 2}, {0, kNan, 1}, {2, kNan, 3}}, {text, {}, {}, {}, {}}}};
}

Page page_with(const std::string& text) {
  const std::vector<Picture> pictures = {{kJpeg, text, text}, {"", text, ""}};
  return {text, text, {{text, {text, table_with(text), chart_with(text), pictures}}, {text, {}}}};
}

TEST(Page, AndPicturesAreWellFormedWhateverIsInThem) {
  const TemporaryFolder folder;
  Chart extreme = chart_of({-1e300, 1e300, 5e-324, kInfinity}, {1e300, -1e300, kNan, 3});
  extreme.log_x = true;
  std::vector<std::string> files = {
      folder.add("hostile.html", html_page(page_with(kHostile))),
      folder.add("empty.html", html_page({.title = "Empty"})),
      folder.add("hostile.svg", chart_svg(chart_with(kHostile))),
      folder.add("empty.svg", chart_svg({.title = "Empty"})),
      folder.add("point.svg", chart_svg(chart_of({1}, {1}))),
      folder.add("extreme.svg", chart_svg(extreme)),
      folder.add("two.svg", charts_svg(std::vector<Chart>{chart_with("a"), chart_with("b")})),
  };
  TVTS_RUN_SCRIPT("tests/report/check_markup.py", files);
}

TEST(Page, IsRefusedByTheCheckWhenItIsBroken) {
  const TemporaryFolder folder;
  const std::string page = html_page(page_with("x"));
  const std::string broken[] = {folder.add("open.html", page.substr(0, page.find("</section>"))),
                                folder.add("outside.html", page + "<img src=\"b.png\" alt=\"x\">"),
                                folder.add("raw.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\">a & b</svg>")};
  for (const std::string& file : broken) {
    EXPECT_EQ(run_script("tests/report/check_markup.py", {file}), 1) << file;
  }
}

TEST(Page, HoldsItsPictures) {
  const std::vector<std::pair<std::string, std::string>> cases = {{kJpeg, "image/jpeg"},
                                                                  {"\x89PNG\r\n\x1a\n", "image/png"},
                                                                  {"GIF89a", "image/gif"},
                                                                  {std::string("RIFF\0\0\0\0WEBP", 12), "image/webp"}};
  for (const auto& [bytes, type] : cases) {
    const std::string html = html_page({"T", "", {{"S", {std::vector<Picture>{{bytes, "a dog", ""}}}}}});
    EXPECT_TRUE(has(html, "<img src=\"data:" + type + ";base64,"));
  }
}

TEST(Page, RefusesAPictureThatIsNone) {
  const auto page = [](const std::string& bytes) {
    return Page{"T", "", {{"S", {std::vector<Picture>{{bytes, "", ""}}}}}};
  };
  EXPECT_THROW(html_page(page("<svg onload='x'/>")), Error);
  EXPECT_THROW(html_page(page("RIFF\1\2\3\4WAVE")), Error);
}

TEST(Page, ShowsTheAltTextWhereThereIsNoPicture) {
  EXPECT_TRUE(has(html_page({"T", "", {{"S", {std::vector<Picture>{{"", "no frame", ""}}}}}}), ">no frame</div>"));
}

}  // namespace
}  // namespace tvts::test
