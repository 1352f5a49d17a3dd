// Annotations that are not as they should be: one error, with file and line.
#include "tests/evaluate/benchmarks/data_folder.h"

namespace tvts::test {
namespace {

class BrokenAnnotations : public DataFolder {
 protected:
  void expect_error(const std::string& name, const std::string& file, const std::string& content,
                    const std::string& message, BenchmarkOptions options = {}) {
    options.annotations = folder_.add(file, content);
    EXPECT_TRUE(error_of(name, options).starts_with(message)) << error_of(name, options);
  }
};

constexpr char kHeader[] = "video_id,sentence\n";

TEST_F(BrokenAnnotations, WrongColumns) {
  expect_error("msrvtt", "t.csv", "video_id,text\nv1,a\n", "t.csv:1: found the columns video_id, text");
  expect_error("msrvtt", "t.csv", concat(kHeader, "v1,a,b\n"), "t.csv:2: found 3 columns, expected 2");
  expect_error("didemo", "t.tsv", "a\t1.mp4\nb\n", "t.tsv:2: found 1 columns between tabs, expected 2");
  expect_error("lsmdc", "t.tsv", "1_a_0\tx\ty\n", "t.tsv:1: found 3 columns between tabs, expected 6");
  expect_error("k400", "t.csv", "label,youtube_id\na,b\n", "t.csv:1: found the columns label, youtube_id");
  expect_error("retrieval", "t.csv", "a.mp4,one\n", "t.csv:1: found the columns a.mp4, one; expected one named path");
}

TEST_F(BrokenAnnotations, RepeatedVideos) {
  expect_error("msrvtt", "t.csv", concat(kHeader, "v1,a\nv2,b\nv1,c\n"), "t.csv:4: found v1 again, after t.csv:2");
  expect_error("lsmdc", "t.tsv", "1_a_0\t\t\t\t\tx\n1_a_0\t\t\t\t\ty\n", "t.tsv:2: found 1_a/1_a_0.avi again");
  expect_error("msrvtt", "t.json", R"([{"video": "a", "caption": "b"}, {"video": "a", "caption": "c"}])",
               "t.json: entry 2: found a again");
  expect_error("actions", "t.csv", "path,label\na.mp4,x\na.mp4,y\n", "t.csv:3: found a.mp4 again, after t.csv:2");
}

TEST_F(BrokenAnnotations, EmptyCaptionsAndNames) {
  expect_error("msrvtt", "t.csv", concat(kHeader, "v1,\" \"\n"), "t.csv:2: found an empty caption of v1");
  expect_error("msrvtt", "t.csv", concat(kHeader, ",a\n"), "t.csv:2: found no name of a video");
  expect_error("didemo", "t.json", R"([{"video": "a", "description": ""}])",
               "t.json: entry 1: found an empty description of a");
  expect_error("actions", "t.csv", "path,label\na.mp4,\n", "t.csv:2: found an empty label");
  expect_error("mc", "t.jsonl", R"({"path": "a", "options": ["x", ""], "answer": 0})", "t.jsonl:1: found an option");
}

TEST_F(BrokenAnnotations, LabelsOutOfRange) {
  folder_.add("classes.txt", "run\nwalk\n");
  expect_error("k400", "t.tsv", "a.mp4\t1\nb.mp4\t2\n", "t.tsv:2: found the answer 2, expected 0 to 1");
  expect_error("hmdb51", "t.tsv", "a.mp4\t0\n", "t.tsv:1: found the answer 0, expected 1 to 2");
  expect_error("k400", "t.tsv", "a.mp4\t1\nb.mp4\tx\n", "t.tsv:2: found the label \"x\", expected a whole number");
  expect_error("k400", "t.tsv", "a.mp4\t-1\n", "t.tsv:1: found the label \"-1\", expected a whole number");
  expect_error("k400", "t.tsv", "a.mp4\t99999999999999999999999\n", "t.tsv:1: found the label \"9999");
  expect_error("mc", "t.jsonl", R"({"path": "a", "options": ["x", "y"], "answer": 2})",
               "t.jsonl:1: found the answer 2, expected 0 to 1");
}

TEST_F(BrokenAnnotations, HmdbAndUcfLabelsThatAreNone) {
  folder_.add("run_test_split1.txt", "a.avi 2\nb.avi 3\n");
  EXPECT_TRUE(error_of("hmdb51").starts_with("run_test_split1.txt:2: found '3' after the name")) << error_of("hmdb51");
  folder_.add("classInd.txt", "1 Run\n2 Walk\n");
  folder_.add("testlist01.txt", "Run/a.avi\nSwim/b.avi\n");
  EXPECT_TRUE(error_of("ucf101").starts_with("testlist01.txt:2: found the class 'Swim'")) << error_of("ucf101");
  folder_.add("testlist01.txt", "Run/a.avi 2\n");
  EXPECT_TRUE(error_of("ucf101").starts_with("testlist01.txt:1: found the label 2, expected 1")) << error_of("ucf101");
}

TEST_F(BrokenAnnotations, OptionsOfAnotherNumber) {
  const auto line = [](int options) {
    std::string list;
    for (int i = 0; i < options; ++i) list += concat(i > 0 ? "," : "", "\"o", i, "\"");
    return concat(R"({"clip_name": "c)", options, R"(", "options": [)", list, R"(], "answer": 0})", "\n");
  };
  expect_error("ssv2-mc", "t.jsonl", line(174) + line(173), "t.jsonl:2: found 173 options, expected 174");
  expect_error("ssv2-mc", "t.jsonl", line(1), "t.jsonl:1: found no list \"options\" of two or more");
  expect_error("ssv2-mc", "t.jsonl", R"({"clip_name": "a", "options": ["x", "y"]})", "t.jsonl:1: found no \"answer\"");
}

TEST_F(BrokenAnnotations, JsonThatIsNone) {
  folder_.add("val_list_jsfusion.txt", "v\n");
  expect_error("msrvtt", "t.json", "{\"annotations\": [\n{\"a\"\n", "t.json: found no JSON (line 3, column 1",
               {.form = "msrvtt-json"});
  expect_error("msrvtt", "t.json", "{\"a.mp4\": 7}", "t.json: a.mp4: found no caption");
  expect_error("didemo", "t.json", "[7, {\"description\"", "t.json: found no JSON (line 1, column 19");
  expect_error("ssv2-mc", "t.jsonl", "{\"options\": []}\n[]\n", "t.jsonl:1: found no list \"options\"");
}

TEST_F(BrokenAnnotations, AQuoteThatDoesNotClose) {
  expect_error("msrvtt", "t.csv", concat(kHeader, "v1,\"a\nv2,b\n"), "t.csv:2: found a field that begins with \"");
}

TEST_F(BrokenAnnotations, NothingAtAll) {
  expect_error("msrvtt", "t.csv", " \n", "t.csv is empty");
  expect_error("msrvtt", "t.csv", kHeader, "t.csv: found no video");
  EXPECT_NE(error_of("k400").find("found no annotations of Kinetics-400"), std::string::npos);
  EXPECT_NE(error_of("other").find("is no benchmark"), std::string::npos);
  EXPECT_NE(error_of("k400", {.form = "x"}).find("expected one of kinetics-csv, path-label, class-folders"),
            std::string::npos);
}

TEST_F(BrokenAnnotations, SeveralFilesThatFitAskForAChoice) {
  folder_.add("a_test.tsv", "x\t1.mp4\n");
  folder_.add("b_test.tsv", "x\t1.mp4\n");
  EXPECT_NE(error_of("didemo").find("found 2 files that may hold the annotations (a_test.tsv, b_test.tsv)"),
            std::string::npos);
}

TEST_F(BrokenAnnotations, NumbersWithoutNamesOfClasses) {
  expect_error("k400", "t.tsv", "a.mp4\t0\n", "t.tsv: its labels are numbers, and no class names were found");
  folder_.add("label2id.json", R"({"a": 0, "b": 0})");
  EXPECT_NE(error_of("k400", {.annotations = folder_ / "t.tsv"}).find("found a and b with one number, 0"),
            std::string::npos);
}

TEST_F(BrokenAnnotations, ACaptionIndexThatIsNone) {
  folder_.add("MSR_VTT.json",
              R"({"annotations": [{"image_id": "v", "caption": "a"}, {"image_id": "v", "caption": "b"}]})");
  folder_.add("val_list_jsfusion.txt", "v\n");
  folder_.add("jsfusion_val_caption_idx.json", R"({"v": 2})");
  EXPECT_TRUE(error_of("msrvtt").starts_with("jsfusion_val_caption_idx.json: found no caption number of v below 2"));
  folder_.add("jsfusion_val_caption_idx.json", R"({"v": -1})");
  EXPECT_TRUE(error_of("msrvtt").starts_with("jsfusion_val_caption_idx.json: found -1 for v"));
  std::filesystem::remove(folder_ / "jsfusion_val_caption_idx.json");
  folder_.add("jsfusion_val_caption_idx.pkl", std::string("\x80\x02]q\x00.", 6));
  EXPECT_NE(error_of("msrvtt").find("write it as JSON: python3"), std::string::npos);
  folder_.add("jsfusion_val_caption_idx.pkl", "no pickle");
  EXPECT_NE(error_of("msrvtt").find("jsfusion_val_caption_idx.pkl"), std::string::npos);
}

}  // namespace
}  // namespace tvts::test
