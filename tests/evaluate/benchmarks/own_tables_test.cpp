// A user's own tables.
#include "tests/evaluate/benchmarks/data_folder.h"

namespace tvts::test {
namespace {

class OwnTables : public DataFolder {};

TEST_F(OwnTables, RetrievalTakesSeveralCaptionsOfAVideoWhereverTheyStand) {
  folder_.add("list.csv", "path,caption\na.mp4,one\nb.mp4,two\na.mp4,\"three, more\"\n");
  const Benchmark benchmark = open("retrieval");
  EXPECT_EQ(names(benchmark), (Texts{"a.mp4", "b.mp4"}));
  EXPECT_EQ(benchmark.texts, (Texts{"one", "two", "three, more"}));
  EXPECT_EQ(benchmark.video_of_text, (Numbers{0, 1, 0}));
}

TEST_F(OwnTables, AVideoIsTheSameHoweverItsPathIsSpelled) {
  folder_.add("videos/a.mp4");
  folder_.add("list.csv",
              "path,caption\na.mp4,one\n./a.mp4,two\n" + folder_ / "videos/a.mp4" + ",three\n../videos//a.mp4,four\n");
  const Benchmark benchmark = open("retrieval");
  EXPECT_EQ(names(benchmark), (Texts{"a.mp4"}));
  EXPECT_EQ(benchmark.video_of_text, (Numbers{0, 0, 0, 0}));
}

TEST_F(OwnTables, ASecondAnswerForAVideoIsAnErrorHoweverItsPathIsSpelled) {
  folder_.add("videos/a.mp4");
  folder_.add("list.csv", "path,label\na.mp4,walk\n./a.mp4,run\n");
  const std::string error = error_of("actions");
  EXPECT_NE(error.find("list.csv:3: found ./a.mp4 again, after "), std::string::npos) << error;
  EXPECT_NE(error.find("list.csv:2"), std::string::npos) << error;
}

TEST_F(OwnTables, TsvAndJsonLinesReadTheSame) {
  folder_.add("videos/a.mp4");
  const Benchmark tsv = open("retrieval", {.annotations = folder_.add("l.tsv", "caption\tpath\nit's\ta.mp4\n")});
  const Benchmark lines =
      open("retrieval", {.annotations = folder_.add("l.jsonl", "{\"path\": \"a.mp4\", \"caption\": \"it's\"}\n")});
  EXPECT_EQ(split_sha256(tsv), split_sha256(lines));
  EXPECT_EQ(lines.videos[0].path, folder_ / "videos/a.mp4");
}

TEST_F(OwnTables, AreReadAsEmbedReadsThem) {
  for (const auto& [name, text] : {std::pair{"l.csv", "path;caption\r\na.mp4;\"Stop\" he says\r\n"},
                                   std::pair{"m.csv", ",path, caption\n0,a.mp4, \"Stop\" he says\n"}}) {
    EXPECT_EQ(names(open("retrieval", {.annotations = folder_.add(name, text)})), Texts{"a.mp4"}) << name;
  }
  const std::string tsv = folder_.add("l.tsv", "path\tcaption\na.mp4\t\"Stop, he says\nb.mp4\tbars\n");
  EXPECT_EQ(open("retrieval", {.annotations = tsv}).texts, (Texts{"\"Stop, he says", "bars"}));
  const std::string choices = folder_.add("c.csv", "path;option_a;option_b;answer\na.mp4;x;y;1\n");
  EXPECT_EQ(open("mc", {.annotations = choices}).answers, (Numbers{1}));
}

TEST_F(OwnTables, ARowThatCannotBeReadIsNamed) {
  folder_.add("list.csv", "path,caption\na.mp4,x\nb.mp4,\"Stop, he says\n");
  EXPECT_NE(error_of("retrieval").find("list.csv:3: found a field that begins with"), std::string::npos);
}

TEST_F(OwnTables, ColumnsHaveTheNamesThatAreTold) {
  folder_.add("list.csv", "file,what\na.mp4,one\n");
  EXPECT_EQ(open("retrieval", {.path_column = "file", .caption_column = "what"}).texts, (Texts{"one"}));
}

TEST_F(OwnTables, PartsOfVideosAreRefusedRatherThanIgnored) {
  folder_.add("list.csv", "path,caption,start,end\na.mp4,one,0,1\n");
  EXPECT_NE(error_of("retrieval").find("list.csv: found the column start"), std::string::npos);
  const std::string lines = folder_.add("l.jsonl", R"({"path": "a.mp4", "caption": "one", "end": 1})");
  EXPECT_NE(error_of("retrieval", {.annotations = lines}).find("l.jsonl:1: found the column end"), std::string::npos);
}

TEST_F(OwnTables, TheTableMayBeTheDataItself) {
  const std::string table = folder_.add("list.csv", "path,caption\na.mp4,one\n");
  const Benchmark benchmark = open_benchmark("retrieval", {.data = table});
  EXPECT_EQ(benchmark.videos[0].path, folder_ / "a.mp4");
}

TEST_F(OwnTables, ClassesAreTheLabelsOrThoseOfAFile) {
  folder_.add("list.csv", "path,label\na.mp4,walk\nb.mp4,run\n");
  EXPECT_EQ(open("actions").classes, (Texts{"run", "walk"}));
  EXPECT_EQ(open("actions").answers, (Numbers{1, 0}));
  const std::string classes = folder_.add("names.txt", "walk\nswim\nrun\n");
  EXPECT_EQ(open("actions", {.classes = classes}).answers, (Numbers{0, 2}));
}

TEST_F(OwnTables, ChoicesAsLinesAndAsATable) {
  const Benchmark lines =
      open("mc", {.annotations = folder_.add("l.jsonl", R"({"path": "a.mp4", "options": ["x", "y"], "answer": 1})")});
  const Benchmark table =
      open("mc", {.annotations = folder_.add("l.csv", "path,option_a,option_b,answer\na.mp4,x,y,1\n")});
  EXPECT_EQ(lines.options, table.options);
  EXPECT_EQ(split_sha256(lines), split_sha256(table));
}

}  // namespace
}  // namespace tvts::test
