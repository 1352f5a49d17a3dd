#include "tvts/media/inputs/row.h"

#include "tests/store/store_support.h"

namespace tvts::test {
namespace {

StoredRow full_row() {
  StoredRow row{item("clip \"1\"\n.mp4"), embed(item("x.mp4")).rows[0].info, Mark::kReplaced};
  row.item.start = 1e-7;
  row.item.end = 0.1;
  row.item.folder = "/data/caf\xe9";
  row.item.more_captions = {"a dog waits", "it begs"};
  row.item.more_labels = {"run"};
  row.item.caption = "a dog begs \xf0\x9f\x90\x95";
  row.item.label = "jump";
  row.info.fps = 29.97;
  row.info.frames_promised = 3;
  row.info.frames_found = 2;
  row.info.decode_errors = 1;
  row.info.warnings = {"3 frames promised, 2 found"};
  return row;
}

TEST(Row, ReadsWhatItWrote) {
  EXPECT_EQ(parse_row_line(row_line(full_row())), full_row());
  const StoredRow plain{item("a.mp4"), {}, Mark::kNone};
  EXPECT_EQ(parse_row_line(row_line(plain)), plain);
}

TEST(Row, IsOneLine) { EXPECT_FALSE(contains(row_line(full_row()), "\n")); }

TEST(Row, KeepsAPathThatIsNotUtf8) {
  StoredRow row{item("caf\xe9.mp4"), {}, Mark::kNone};
  row.item.key = "plain";
  EXPECT_EQ(parse_row_line(row_line(row)).item, row.item);
  EXPECT_TRUE(contains(row_line(row), "caf\xef\xbf\xbd.mp4"));
  EXPECT_EQ(parse_error_line(error_line(row.item, "unreadable", "caf\xe9")), row.item);
}

TEST(Row, AnErrorCanBeTheNextInput) {
  ItemId part = item("film.mp4");
  part.start = 1.5;
  part.end = 9;
  part.caption = "a dog begs";
  const std::string line = error_line(part, "timeout", "took longer than 60 s");
  EXPECT_EQ(parse_error_line(line), part);
  EXPECT_TRUE(contains(line, "\"start\":1.5,\"end\":9.0")) << line;
}

TEST(Row, HasOneCaptionBesideAllOfThem) {
  const std::string line = row_line(full_row());
  EXPECT_TRUE(contains(line, "\"caption\":\"a dog begs \xf0\x9f\x90\x95\",\"captions\":[\"a dog begs")) << line;
  EXPECT_TRUE(contains(line, "\"label\":\"jump\",\"labels\":[\"jump\",\"run\"]")) << line;
}

TEST(Row, PartsDifferWithStartAndEnd) {
  ItemId a = item("a.mp4"), b = item("b.mp4", 2);
  EXPECT_EQ(part_of(a), part_of(b));
  b.start = 0;
  EXPECT_NE(part_of(a), part_of(b));
  a.start = -0.0;
  EXPECT_EQ(part_of(a), part_of(b));
  a.end = 1;
  EXPECT_NE(part_of(a), part_of(b));
}

// The line of full_row() with one field as the JSON text says.
std::string line_with(const std::string& field, const std::string& json) {
  std::string line = row_line(full_row());
  const std::size_t begin = line.find("\"" + field + "\":") + field.size() + 3;
  const std::size_t end = line[begin] == '[' ? line.find(']', begin) + 1 : line.find_first_of(",}", begin);
  return line.replace(begin, end - begin, json);
}

TEST(Row, ImpossibleNumbersAreErrorsThatNameTheField) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"start", "-1"},           {"start", "1e300"},
      {"start", "null"},         {"end", "-0.5"},
      {"end", "true"},           {"duration", "-7"},
      {"duration", "1e99"},      {"fps", "-25"},
      {"frame_pts", "[-1,2]"},   {"frame_pts", "[2,1]"},
      {"frame_pts", "[0,1e99]"}, {"frame_pts", "[0,1,2]"},
      {"frames_promised", "-2"}, {"frames_found", "-1"},
      {"frames_found", "0"},     {"frames_found", "99999999999999999"},
      {"decode_errors", "-1"},   {"size", "-2"},
      {"item_start", "-1"},      {"neutral_deviation", "-0.1"}};
  for (const auto& [field, json] : cases) {
    const std::string error = error_text([&] { parse_row_line(line_with(field, json)); });
    EXPECT_TRUE(contains(error, field)) << field << " " << json << ": " << error;
  }
}

TEST(Row, AnEndBeforeItsStartIsAnError) {
  StoredRow row = full_row();
  row.info.end = row.info.start - 0.1;
  EXPECT_TRUE(contains(error_text([&] { parse_row_line(row_line(row)); }), "end"));
  row = full_row();
  row.item.end = row.item.start;
  EXPECT_TRUE(contains(error_text([&] { parse_row_line(row_line(row)); }), "part"));
}

TEST(Row, ADefectNamesTheField) {
  const auto error_of = [](const std::string& line) { return error_text([&] { parse_row_line(line); }); };
  EXPECT_TRUE(contains(error_of("{}"), "path"));
  EXPECT_TRUE(contains(error_of("[]"), "JSON object"));
  EXPECT_TRUE(contains(error_of("{\"key\":1}"), "key"));
  EXPECT_TRUE(contains(error_of(R"({"key":"k","path":"p","path_bytes":"xyz","size":1,"mtime":1})"), "path_bytes"));
  EXPECT_TRUE(contains(error_of(R"({"key":"k","path":"p","size":1.5,"mtime":1})"), "size"));
  EXPECT_TRUE(contains(error_of(R"({"key":"k","path":"p","size":1,"mtime":1,"start":0,"end":1,"frame_pts":[true]})"),
                       "frame_pts"));
  EXPECT_FALSE(error_of(std::string(100000, '[')).empty());
}

}  // namespace
}  // namespace tvts::test
