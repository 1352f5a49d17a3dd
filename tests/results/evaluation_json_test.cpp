// Written results are read back.
#include "tvts/results/evaluation_json.h"

#include <gtest/gtest.h>

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

TEST_F(EvaluationFiles, WhatIsNoResultIsNamed) {
  const auto message = [&] {
    try {
      read_evaluation(folder_.path());
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  folder_.add("result.json", "{}");
  EXPECT_NE(message().find("result.json: field \"format\" is missing"), std::string::npos) << message();
  folder_.add("result.json",
              R"({"format": "tvts-evaluation", "version": 1, "manifest": {"benchmark": "k400", "split_sha256": "x"}})");
  folder_.add("items.jsonl", "{}\n");
  EXPECT_NE(message().find("items.jsonl:1: "), std::string::npos) << message();
}

}  // namespace
}  // namespace tvts::test
