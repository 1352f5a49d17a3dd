#include "tvts/store/hits_page.h"

#include "tests/store/store_support.h"

namespace tvts::test {
namespace {

HitsPage page_with(const PageHit& hit) { return {"OUT", "ViT-B-32", {{"a dog begs", {hit}}}}; }

TEST(HitsPage, ShowsRankPathTimesScoreAndPValue) {
  const Significance two_deviations = {.z = 2.04, .p = 0.0207};
  const std::string html = hits_page_html(page_with({3, "clip.mp4", 62.5, 3725, 0.27128, two_deviations, ""}));
  for (const char* part : {"a dog begs", "3. clip.mp4", "1:02.5–1:02:05.0", "0.2713", ">0.0207<", ">2.0<"}) {
    EXPECT_TRUE(contains(html, part)) << part;
  }
}

TEST(HitsPage, ABoundOfPIsShownAsOne) {
  const Significance far = {.z = 12, .p = kLowestP, .p_is_bound = true};
  EXPECT_TRUE(contains(hits_page_html(page_with({1, "clip.mp4", 0, 1, 0.9, far, ""})), "<dd>&lt; 0.004</dd>"));
}

TEST(HitsPage, EscapesWhatComesFromOutside) {
  const HitsPage page{
      "<store>", "'m'", {{"<script>alert(1)</script> & \"co\"", {{1, "\"onerror='x'\x01\xe9.mp4", 0, 1, 0, {}, "x"}}}}};
  const std::string html = hits_page_html(page);
  EXPECT_TRUE(contains(html, "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;co&quot;"));
  EXPECT_TRUE(contains(html, "alt=\"A frame of &quot;onerror=&#39;x&#39;\uFFFD\uFFFD.mp4 between"));
  EXPECT_FALSE(contains(html, "<script"));
  EXPECT_FALSE(contains(html, "<store>"));
}

TEST(HitsPage, KeepsUtf8AndReplacesOtherBytes) {
  const std::string good = "é € 😀";
  EXPECT_TRUE(contains(hits_page_html({good, "", {}}), good));
  for (const char* bad :
       {"\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\x80", "\xe0\x80\xaf", "\xf0\x80\x80\x80"}) {
    EXPECT_FALSE(contains(hits_page_html({bad, "", {}}), bad));
  }
}

TEST(HitsPage, PicturesAreInsideThePage) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"\xff\xd8\xff", "/9j/"}};
  for (const auto& [bytes, base64] : cases) {
    EXPECT_TRUE(
        contains(hits_page_html(page_with({1, "a", 0, 1, 0, {}, bytes})), "data:image/jpeg;base64," + base64 + "\""));
  }
}

TEST(HitsPage, SaysThatNothingMatches) {
  EXPECT_TRUE(contains(hits_page_html({"OUT", "m", {{"a dog", {}}}}), "Nothing matches"));
}

TEST(HitsPage, NamesItsLanguageAndTitle) {
  const std::string html = hits_page_html({"OUT", "m", {}});
  EXPECT_TRUE(contains(html, "<html lang=\"en\">"));
  EXPECT_TRUE(contains(html, "<title>"));
  EXPECT_TRUE(contains(html, "<h1>"));
}

}  // namespace
}  // namespace tvts::test
