// tvts eval on the small world's sets, as a process, against slow counting on features that tvts embed writes.
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "tests/cli/cli_fixture.h"
#include "tvts/core/error.h"
#include "tvts/core/npy.h"

namespace tvts::test {
namespace {

using Json = nlohmann::json;

class EvalBenchmark : public CliTest {
 protected:
  static void SetUpTestSuite() {
    CliTest::SetUpTestSuite();
    const Outcome world = run_tvts({"data",           "world", "--output",        shared("world"),
                                    "--size",         "32",    "--narrated",      "0",
                                    "--alt",          "0",     "--stills",        "0",
                                    "--val",          "0",     "--test",          "7",
                                    "--twins",        "0",     "--test-narrated", "0",
                                    "--test-actions", "1"});
    ASSERT_EQ(world.exit_code, 0) << world.err;
  }

  Outcome eval(std::vector<std::string> names, std::vector<std::string> more = {}, const std::string& output = "out") {
    std::vector<std::string> arguments = {"eval"};
    arguments.insert(arguments.end(), names.begin(), names.end());
    for (const std::string& one : {std::string("--data"), shared("world/eval"), std::string("--pretrained"),
                                   shared("model.safetensors"), std::string("--output"), folder_ / output}) {
      arguments.push_back(one);
    }
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_tvts(arguments);
  }

  Json result(const std::string& name, const std::string& output = "out") {
    return Json::parse(read_text(folder_ / (output + "/" + name + "/result.json")));
  }

  static double measure(const Json& result, const std::string& key) {
    for (const Json& one : result["measures"]) {
      if (one["key"] == key) return one["value"];
    }
    ADD_FAILURE() << "no measure " << key;
    return -1;
  }
};

// What `tvts embed` makes of the same videos and texts, as float rows.
std::vector<float> embedded(const std::vector<std::string>& arguments, const std::string& output) {
  std::vector<std::string> all = {"embed", "--output", output};
  all.insert(all.end(), arguments.begin(), arguments.end());
  const Outcome outcome = run_tvts(all);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  return to_float32(read_npy(output), output);
}

TEST_F(EvalBenchmark, RanksAreThoseOfSlowCounting) {
  ASSERT_EQ(eval({"msrvtt"}).exit_code, 0);
  const auto items = json_lines(read_text(folder_ / "out/msrvtt/items.jsonl"));
  ASSERT_EQ(items.size(), 14U);
  std::string captions;
  std::vector<std::string> video_arguments = {"--pretrained", shared("model.safetensors")};
  for (std::size_t i = 0; i < 7; ++i) {
    captions += items[i]["text"].get<std::string>() + "\n";
    video_arguments.push_back(shared("world/eval/msrvtt/videos/all/" + items[i]["video"].get<std::string>() + ".mp4"));
  }
  write_text(folder_ / "captions.txt", captions);
  const auto videos = embedded(video_arguments, folder_ / "v.npy");
  const auto texts =
      embedded({"--texts", folder_ / "captions.txt", "--pretrained", shared("model.safetensors")}, folder_ / "t.npy");
  const std::size_t dim = videos.size() / 7;
  const auto score = [&](std::size_t text, std::size_t video) {
    double sum = 0;
    for (std::size_t x = 0; x < dim; ++x) sum += double{texts[text * dim + x]} * double{videos[video * dim + x]};
    return sum;
  };
  for (std::size_t i = 0; i < 7; ++i) {
    int better_videos = 0, better_texts = 0;
    for (std::size_t j = 0; j < 7; ++j) {
      better_videos += score(i, j) > score(i, i) + 1e-9;
      better_texts += score(j, i) > score(i, i) + 1e-9;
    }
    EXPECT_EQ(items[i]["rank"], better_videos + 1) << i;
    EXPECT_EQ(items[7 + i]["rank"], better_texts + 1) << i;
  }
}

TEST_F(EvalBenchmark, SeveralDataSetsMakeOneRunWithAPage) {
  const Outcome outcome = eval({"msrvtt", "didemo", "lsmdc", "hmdb51", "ucf101", "k400", "ssv2-mc"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  const std::string page = read_text(folder_ / "out/evaluation.html");
  for (const char* part : {"MSR-VTT", "UCF-101", "Ours-B/32", "NOT as in the paper", "data:image/png"}) {
    EXPECT_NE(page.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(result("hmdb51")["classes"].size(), 12U);
  EXPECT_EQ(result("k400")["manifest"]["templates"][0], "something {}");
  EXPECT_EQ(result("ssv2-mc")["manifest"]["options"], 17);
  EXPECT_EQ(result("ssv2-mc")["manifest"]["embedding"]["model_name"], "tiny");
  EXPECT_NE(outcome.out.find("text to video, DSL (transductive), R@1"), std::string::npos);
  EXPECT_TRUE(std::filesystem::exists(folder_ / "out/ucf101/confusion.png"));
}

TEST_F(EvalBenchmark, ASecondRunEmbedsNothingAndSaysTheSame) {
  ASSERT_EQ(eval({"hmdb51"}).exit_code, 0);
  const Json first = result("hmdb51");
  const Outcome again = eval({"hmdb51"});
  EXPECT_NE(again.err.find("0 to embed, 12 stored already"), std::string::npos) << again.err;
  EXPECT_EQ(result("hmdb51"), first);
}

TEST_F(EvalBenchmark, MissingAndUnreadableVideosAreNamedBeforeAnythingIsEmbedded) {
  std::filesystem::copy(shared("world/eval/msrvtt"), folder_ / "msrvtt", std::filesystem::copy_options::recursive);
  std::filesystem::remove(folder_ / "msrvtt/videos/all/video7011.mp4");
  write_text(folder_ / "msrvtt/videos/all/video7013.mp4", "no video");
  const Outcome check =
      run_tvts({"eval", "msrvtt", "--data", folder_ / "msrvtt", "--check", "--output", folder_ / "out"});
  EXPECT_EQ(check.exit_code, 3) << check.err;
  EXPECT_EQ(check.out, "msrvtt\t7\t2\n");
  for (const std::string& line : lines_of(check.err)) EXPECT_TRUE(line.starts_with("tvts: ")) << line;
  const Outcome json =
      run_tvts({"eval", "msrvtt", "--data", folder_ / "msrvtt", "--check", "--json", "--output", folder_ / "out"});
  EXPECT_EQ(json_lines(json.out).at(0), (Json{{"benchmark", "msrvtt"}, {"videos", 7}, {"missing", 2}}));
  EXPECT_EQ(json_lines(read_text(folder_ / "out/msrvtt/missing.jsonl"))[1]["status"], "unreadable");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out/msrvtt/videos"));

  const Outcome outcome = run_tvts({"eval", "msrvtt", "--data", folder_ / "msrvtt", "--pretrained",
                                    shared("model.safetensors"), "--output", folder_ / "out"});
  EXPECT_EQ(outcome.exit_code, 3) << outcome.err;
  EXPECT_EQ(result("msrvtt")["manifest"]["missing"].size(), 2U);
  EXPECT_EQ(json_lines(read_text(folder_ / "out/msrvtt/items.jsonl")).size(), 10U);
}

TEST_F(EvalBenchmark, FeaturesMadeElsewhereAreRankedWithoutAModel) {
  const std::vector<float> videos = {1, 0, 0, 1}, texts = {1, 0.1F, 1, 0.5F, 0, 1, 1, 0};
  write_npy(folder_ / "v.npy", std::vector<std::int64_t>{2, 2}, videos);
  write_npy(folder_ / "t.npy", std::vector<std::int64_t>{4, 2}, texts);
  const Outcome outcome = run_tvts({"eval", "retrieval", "--video-features", folder_ / "v.npy", "--text-features",
                                    folder_ / "t.npy", "--output", folder_ / "out", "--json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(measure(json_lines(outcome.out)[0], "t2v_r1"), 75);
  write_npy(folder_ / "t.npy", std::vector<std::int64_t>{3, 2}, std::vector<float>(6, 1));
  EXPECT_EQ(run_tvts({"eval", "retrieval", "--video-features", folder_ / "v.npy", "--text-features", folder_ / "t.npy"})
                .exit_code,
            4);
}

TEST_F(EvalBenchmark, AnInterruptWhileRanksAreCountedLeavesNoResult) {
  constexpr std::int64_t kRows = 30000, kDim = 16;
  std::vector<float> rows(static_cast<std::size_t>(kRows * kDim));
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = std::sin(static_cast<float>(i * i % 10007));
  write_npy(folder_ / "v.npy", std::vector<std::int64_t>{kRows, kDim}, rows);
  const Outcome outcome = run_tvts({"eval", "retrieval", "--video-features", folder_ / "v.npy", "--text-features",
                                    folder_ / "v.npy", "--output", folder_ / "out"},
                                   {.interrupt_when = [](pid_t process) { return seconds_computed(process) > 1.5; }});
  EXPECT_EQ(outcome.exit_code, 130) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out/retrieval/result.json"));
}

TEST_F(EvalBenchmark, FeaturesThatAreNotFiniteAreNamedWithFileAndRow) {
  write_npy(folder_ / "v.npy", std::vector<std::int64_t>{2, 2}, std::vector<float>{1, 0, 0, 1});
  write_npy(folder_ / "t.npy", std::vector<std::int64_t>{2, 2}, std::vector<float>{1, 0, 0, std::nanf("")});
  const Outcome outcome =
      run_tvts({"eval", "retrieval", "--video-features", folder_ / "v.npy", "--text-features", folder_ / "t.npy"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_NE(outcome.err.find("t.npy: found numbers that are not finite in row 1"), std::string::npos) << outcome.err;
}

TEST_F(EvalBenchmark, TemplatesAreAveragedOnAUsersOwnTable) {
  write_text(folder_ / "mine.csv",
             concat("path,label\n", shared("videos/circle.mp4"), ",run\n", shared("videos/fade.mp4"), ",swim\n"));
  const auto score = [&](const std::vector<std::string>& templates) {
    std::vector<std::string> arguments = {
        "eval",     "actions",      "--data", folder_ / "mine.csv", "--pretrained", shared("model.safetensors"),
        "--output", folder_ / "out"};
    for (const std::string& one : templates) arguments.insert(arguments.end(), {"--template", one});
    const Outcome outcome = run_tvts(arguments);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(result("actions")["manifest"]["templates"], Json(templates));
    return json_lines(read_text(folder_ / "out/actions/items.jsonl"))[0]["predictions"][0]["score"].get<double>();
  };
  const double one = score({"a person {}"}), other = score({"a video of {}"});
  const double both = score({"a person {}", "a video of {}"});
  EXPECT_NE(both, one);
  EXPECT_NE(both, other);
}

TEST_F(EvalBenchmark, FramesThatAreMissingAreZerosOrTheLastOne) {
  draw_video(folder_ / "a.mp4", 0, 2);
  draw_video(folder_ / "b.mp4", 1, 2);
  write_text(folder_ / "list.csv", "path,caption\na.mp4,a dog\nb.mp4,a cat\n");
  const auto mms = [&](const std::string& rule) {
    const Outcome outcome = run_tvts({"eval", "retrieval", "--data", folder_ / "list.csv", "--pretrained",
                                      shared("model.safetensors"), "--output", folder_ / "out", "--short-clips", rule});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return measure(result("retrieval"), "mms");
  };
  EXPECT_NE(mms("zeros"), mms("repeat"));
}

TEST_F(EvalBenchmark, TheManifestSaysHowFramesWereCounted) {
  draw_video(folder_ / "a.mp4", 0, 20);
  write_text(folder_ / "list.csv", "path,caption\na.mp4,a dog\n");
  const auto run = [&](const std::string& count) {
    return run_tvts({"eval", "retrieval", "--data", folder_ / "list.csv", "--pretrained", shared("model.safetensors"),
                     "--output", folder_ / "out", "--frame-count", count});
  };
  for (const std::string count : {"decoded", "promised"}) {
    EXPECT_EQ(run(count).exit_code, 0);
    EXPECT_EQ(result("retrieval")["manifest"]["frame_count"], count);
  }
  // Features of the two do not lie in one store.
  EXPECT_TRUE(std::filesystem::exists(folder_ / "out/retrieval/videos_promised"));
  EXPECT_EQ(run("packets").exit_code, 2);
}

TEST_F(EvalBenchmark, TwoRunsAreComparedItemByItem) {
  ASSERT_EQ(eval({"msrvtt", "hmdb51"}, {}, "a").exit_code, 0);
  ASSERT_EQ(eval({"msrvtt", "hmdb51"}, {"--pool", "mean"}, "b").exit_code, 0);
  const Outcome outcome =
      run_tvts({"eval", "compare", folder_ / "a", folder_ / "b", "--html", folder_ / "compare.html"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("A against B: HMDB-51"), std::string::npos);
  EXPECT_NE(read_text(folder_ / "compare.html").find("McNemar"), std::string::npos);
  ASSERT_EQ(eval({"msrvtt"}, {"--precision", "fp32"}, "c").exit_code, 0);
  ASSERT_EQ(eval({"msrvtt"}, {"--precision", "bf16"}, "d").exit_code, 0);
  EXPECT_NE(run_tvts({"eval", "compare", folder_ / "c", folder_ / "d"}).out.find("A was embedded in fp32, B in bf16"),
            std::string::npos);
  const Outcome json = run_tvts({"eval", "compare", folder_ / "a/msrvtt", folder_ / "a/msrvtt", "--json"});
  EXPECT_EQ(json_lines(json.out)[0]["questions"][0]["hits"]["p"], 1);
  EXPECT_EQ(run_tvts({"eval", "compare", folder_ / "a", folder_.path()}).exit_code, 4);
}

TEST_F(EvalBenchmark, MistakesOfUsageExitWithTwo) {
  EXPECT_EQ(eval({"msrvtt"}, {"--ties", "best"}).exit_code, 2);
  EXPECT_EQ(eval({"msrvtt"}, {"--window", "2"}).exit_code, 2);
  EXPECT_EQ(eval({"msrvtt", "other"}).exit_code, 2);
  EXPECT_EQ(eval({"msrvtt", "msrvtt"}).exit_code, 2);
  EXPECT_EQ(eval({"msrvtt"}, {"--num-frames", "0"}).exit_code, 2);
  EXPECT_EQ(eval({"msrvtt"}, {"--seed", "-1"}).exit_code, 2);
  EXPECT_EQ(run_tvts({"eval", "msrvtt", "--data", shared("world/eval"), "--check", "--output", ""}).exit_code, 2);
  EXPECT_EQ(eval({"hmdb51"}, {"--template", "no place"}).exit_code, 2);
  EXPECT_EQ(run_tvts({"eval", "msrvtt", "--pretrained", shared("model.safetensors")}).exit_code, 2);
}

}  // namespace
}  // namespace tvts::test
