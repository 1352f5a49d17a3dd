#include "tvts/report/training_curves.h"

#include <cmath>
#include <filesystem>

#include "tests/model/pretrained/python_script.h"
#include "tests/report/report_support.h"
#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"

namespace tvts::test {
namespace {

const std::string kLog =
    R"({"step":1,"epoch":0,"corpus":"yt","loss":5.5,"vtc":2.7,"ts":1.4,"lr_new":1e-4,"lr_clip":1e-7,"clips_per_second":40})"
    "\n"
    R"({"step":2,"epoch":0,"corpus":"webvid","loss":2.5,"vtc":2.5,"ts":null,"lr_new":1e-4,"lr_clip":1e-7,"clips_per_second":44})"
    "\n"
    R"({"step":2,"validation":{"t2v_r1":12.5,"median_rank":20,"new":1},"guard":{"mms":0.3,"text_drift":0.01,"zero_shot":60}})"
    "\n";

const ChartSeries* find(const TrainingCurves& curves, const std::string& chart, const std::string& series) {
  for (const Chart& one : curves.charts) {
    for (const ChartSeries& each : one.series) {
      if (one.title == chart && each.name == series) return &each;
    }
  }
  return nullptr;
}

std::string message_of(const std::string& log) {
  try {
    read_training_curves(log, "run/log.jsonl");
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(TrainingCurves, HaveAPointForEachRecordOfACorpus) {
  const TrainingCurves curves = read_training_curves(kLog + kLog, "log");
  const ChartSeries* loss = find(curves, "Losses", "total, yt");
  ASSERT_NE(loss, nullptr);
  EXPECT_EQ(loss->x, std::vector<double>({1, 1}));
  EXPECT_EQ(loss->y, std::vector<double>({5.5, 5.5}));
  EXPECT_EQ(curves.records, 6U);
  EXPECT_EQ(curves.last_step, 2);
}

TEST(TrainingCurves, JoinWhatDoesNotDependOnTheCorpus) {
  const TrainingCurves curves = read_training_curves(kLog, "log");
  const ChartSeries* rate = find(curves, "Learning rate", "new parts");
  ASSERT_NE(rate, nullptr);
  EXPECT_EQ(rate->x, std::vector<double>({1, 2}));
}

TEST(TrainingCurves, ShowValidationAndGuard) {
  const TrainingCurves curves = read_training_curves(kLog, "log");
  EXPECT_NE(find(curves, "Validation retrieval", "text to video R@1"), nullptr);
  EXPECT_NE(find(curves, "Degradation guard", "mean matched similarity"), nullptr);
}

TEST(TrainingCurves, ShowMeasuresThatTheyDoNotKnowApart) {
  const TrainingCurves curves = read_training_curves(kLog, "log");
  EXPECT_NE(find(curves, "Degradation guard, other measures", "zero_shot"), nullptr);
  EXPECT_NE(find(curves, "Validation, other measures", "new"), nullptr);
  EXPECT_EQ(find(curves, "Degradation guard, other measures", "mms"), nullptr);
}

TEST(TrainingCurves, TakeNullAsAGap) {
  const TrainingCurves curves = read_training_curves(kLog, "log");
  const ChartSeries* ts = find(curves, "Losses", "sorting (TS), webvid");
  ASSERT_NE(ts, nullptr);
  EXPECT_TRUE(std::isnan(ts->y.at(0)));
}

TEST(TrainingCurves, OfAnEmptyLogAreNone) {
  for (const char* log : {"", "\n", "\r\n \n"}) EXPECT_TRUE(read_training_curves(log, "log").charts.empty());
}

TEST(TrainingCurves, PassOverALastLineThatIsCutShort) {
  for (std::size_t cut = 1; cut < 100; ++cut) {
    EXPECT_EQ(read_training_curves(kLog + kLog.substr(0, cut), "log").records, 3U) << cut;
  }
}

TEST(TrainingCurves, NameTheLineOfAnyOtherThatIsBroken) {
  EXPECT_TRUE(has(message_of("{\"step\":1}\n{\"step\":\n{\"step\":2}\n"), "run/log.jsonl:2:"));
  EXPECT_TRUE(has(message_of("{\"step\":1}\n\n[1]\n"), "run/log.jsonl:3:"));
}

TEST(TrainingCurves, RefuseWhatIsNoRecord) {
  for (const char* line : {"[]", "1", "\"step\"", "{}", "{\"step\":\"1\"}", "{\"step\":-1}", "{\"step\":null}",
                           "{\"step\":1,\"loss\":\"1\"}", "{\"step\":1,\"loss\":[1]}", "{\"step\":1,\"guard\":3}",
                           "{\"step\":1,\"validation\":{\"t2v_r1\":{}}}"}) {
    EXPECT_TRUE(has(message_of(line), "run/log.jsonl:1:")) << line;
  }
}

TEST(TrainingCurves, TakeAnyUnknownKey) {
  EXPECT_EQ(message_of("{\"step\":1,\"guard\":null,\"extra\":{\"a\":[1,2]},\"corpus\":3,\"loss\":2}\n"), "");
}

TEST(TrainingCurves, SurviveDeepNestingAndManyNames) {
  EXPECT_NE(message_of("{\"step\":1,\"x\":" + std::string(100000, '[') + "\n{\"step\":2}\n"), "");
  std::string log;
  for (int i = 0; i < 500; ++i) log += "{\"step\":1,\"corpus\":\"c" + std::to_string(i) + "\",\"loss\":1}\n";
  EXPECT_LE(read_training_curves(log, "log").charts.at(0).series.size(), 28U);
}

TEST(TrainingCurves, AreWrittenAsPictureAndPage) {
  const TemporaryFolder folder;
  const std::string log = folder.add("log.jsonl", kLog);
  write_training_curves(log, folder.path());
  const std::vector<std::string> files = {folder / "curves.svg", folder / "curves.html"};
  EXPECT_TRUE(has(read_text(files[1]), "3 records, up to step 2."));
  TVTS_RUN_SCRIPT("tests/report/check_markup.py", files);
}

TEST(TrainingCurves, AreWrittenBeforeTheFirstRecordToo) {
  const TemporaryFolder folder;
  write_training_curves(folder.add("log.jsonl"), folder.path());
  EXPECT_TRUE(has(read_text(folder / "curves.svg"), "nothing to show yet"));
}

}  // namespace
}  // namespace tvts::test
