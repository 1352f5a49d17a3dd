// Written results are read back.
#include "tvts/evaluate/results/evaluation_json.h"

#include <gtest/gtest.h>

#include "tests/support/error_text.h"
#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"

namespace tvts::test {
namespace {

class EvaluationFiles : public testing::Test {
 protected:
  void write(const std::vector<MissingItem>& missing) {
    Manifest manifest = {.benchmark = "msrvtt", .split_sha256 = "abc", .videos = 2};
    manifest.missing = missing;
    const Evaluation evaluation = {
        .measures = {{"t2v_r1", "text to video, R@1", 1, 50, Interval{50, 10, 90}}},
        .items = {{"t2v", "v\xFF", "a \"text\"", 100, 1, 2.5, {{"v1", 0.25}}}, {"v2t", "v1", "", 0, 1.5, {}, {}}}};
    write_evaluation(folder_ / "out/msrvtt", manifest, evaluation);
  }

  TemporaryFolder folder_;
};

TEST_F(EvaluationFiles, ComeBackAsTheyWere) {
  write({});
  const WrittenEvaluation written = read_evaluation(folder_ / "out/msrvtt");
  EXPECT_EQ(written.benchmark, "msrvtt");
  EXPECT_EQ(written.split_sha256, "abc");
  ASSERT_EQ(written.items.size(), 2U);
  EXPECT_EQ(written.items[0].text, "a \"text\"");
  EXPECT_EQ(written.items[0].dsl_rank, 2.5);
  EXPECT_EQ(written.items[1].rank, 1.5);
  const auto json = nlohmann::json::parse(read_text(folder_ / "out/msrvtt/result.json"));
  EXPECT_EQ(json["measures"][0]["low"], 10);
  EXPECT_EQ(json["manifest"]["embedding"], nullptr);
}

TEST_F(EvaluationFiles, MissingVideosAreListedAndAnOldListGoes) {
  write({{"v1", "missing", "no such file"}});
  EXPECT_NE(read_text(folder_ / "out/msrvtt/missing.jsonl").find("no such file"), std::string::npos);
  write({});
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out/msrvtt/missing.jsonl"));
}

TEST_F(EvaluationFiles, ItemsThatWereCutOrChangedAreRefused) {
  write({});
  const std::string path = folder_ / "out/msrvtt/items.jsonl", whole = read_text(path);
  const auto message_of = [&](const std::string& text) {
    folder_.add("out/msrvtt/items.jsonl", text);
    return error_text([&] { read_evaluation(folder_ / "out/msrvtt"); });
  };
  EXPECT_EQ(message_of(whole), "");
  for (const std::size_t size : {std::size_t{0}, whole.find('\n') + 1}) {
    EXPECT_TRUE(contains(message_of(whole.substr(0, size)), "items.jsonl: found ")) << size;
    EXPECT_TRUE(
        contains(message_of(whole.substr(0, size)), " items, expected the 2 that result.json was written with"));
  }
  EXPECT_TRUE(contains(message_of(whole.substr(0, whole.size() - 1)), "found other items")) << "its last line end";
  EXPECT_TRUE(contains(message_of(whole.substr(0, whole.size() - 9)), "items.jsonl:2: "));
  EXPECT_TRUE(contains(message_of(whole + whole), "found 4 items"));
}

TEST_F(EvaluationFiles, ValuesOfAnotherKindAreNamedWithFileAndLine) {
  write({});
  const std::string item = R"({"question": "t2v", "video": "v", "text": "x", "credit": 0, "rank": 1)";
  const auto item_message = [&](std::string line, const std::string& from, const std::string& to) {
    line.replace(line.find(from), from.size(), to);
    folder_.add("out/msrvtt/items.jsonl", line + "}\n");
    return error_text([&] { read_evaluation(folder_ / "out/msrvtt"); });
  };
  EXPECT_TRUE(contains(item_message(item, "\"t2v\"", "7"), "items.jsonl:1: field \"question\" is a number"));
  EXPECT_TRUE(contains(item_message(item, "\"v\"", "null"), "items.jsonl:1: field \"video\" is missing"));
  EXPECT_TRUE(contains(item_message(item, "\"x\"", "[]"), "items.jsonl:1: field \"text\" is a array"));
  for (const char* credit : {"-1", "101", "\"5\"", "1e999"}) {
    EXPECT_TRUE(contains(item_message(item, "0", credit), "items.jsonl:1: ")) << credit;
  }
  for (const char* rank : {"0", "-3", "\"5\"", "1e999", "{}"}) {
    EXPECT_TRUE(contains(item_message(item, "1", rank), "items.jsonl:1: ")) << rank;
  }

  const auto result_message = [&](const std::string& result) {
    folder_.add("out/msrvtt/result.json", result);
    return error_text([&] { read_evaluation(folder_ / "out/msrvtt"); });
  };
  const std::string head = R"({"format": "tvts-evaluation", "version": 2, "manifest": )";
  for (const char* rest : {"7}", "[]}", "null}", R"({"benchmark": 7, "split_sha256": "x"}})",
                           R"({"benchmark": "k400", "split_sha256": "x", "embedding": 7}})",
                           R"({"benchmark": "k400", "split_sha256": "x", "embedding": {"precision": 32}}})",
                           R"({"benchmark": "k400", "split_sha256": "x"}, "items": 7})",
                           R"({"benchmark": "k400", "split_sha256": "x"}, "items": {"count": "7", "sha256": "x"}})"}) {
    EXPECT_TRUE(contains(result_message(head + rest), "result.json: ")) << rest;
  }
  EXPECT_TRUE(contains(result_message(R"({"format": "tvts-evaluation", "version": 3, "manifest": {}})"),
                       "found version 3, this program reads 1 to 2"));
}

TEST_F(EvaluationFiles, WhatIsNoResultIsNamed) {
  const auto message = [&] { return error_text([&] { read_evaluation(folder_.path()); }); };
  folder_.add("result.json", "{}");
  EXPECT_NE(message().find("result.json: field \"format\" is missing"), std::string::npos) << message();
  for (const char* damaged : {"", "{\"format\": \"tvts-ev"}) {
    folder_.add("result.json", damaged);
    EXPECT_NE(message().find("result.json: found no JSON ("), std::string::npos) << message();
    EXPECT_NE(message().find("expected a result: run the same tvts eval again"), std::string::npos) << message();
  }
  folder_.add("result.json",
              R"({"format": "tvts-evaluation", "version": 2, "manifest": {"benchmark": "k400", "split_sha256": "x"},
                  "items": {"count": 1, "sha256": "x"}})");
  folder_.add("items.jsonl", "{}\n");
  EXPECT_NE(message().find("items.jsonl:1: "), std::string::npos) << message();
}

}  // namespace
}  // namespace tvts::test
