// Finding the videos of a data set: docs/finding-videos.md.
#include <algorithm>

#include "tests/evaluate/benchmarks/data_folder.h"
#include "tvts/evaluate/benchmarks/check_videos.h"
#include "tvts/evaluate/benchmarks/video_name.h"

namespace tvts::test {
namespace {

constexpr char kKineticsHeader[] = "label,youtube_id,time_start,time_end,split\n";

class FindingVideos : public DataFolder {
 protected:
  // The paths below the data folder; of a video that was not found "-".
  Texts paths(const Benchmark& benchmark) {
    Texts all;
    for (const BenchmarkVideo& video : benchmark.videos) {
      all.push_back(video.problem.empty() ? video.path.substr(folder_.path().size() + 1) : "-");
    }
    return all;
  }
  std::string problem(const Benchmark& benchmark, std::size_t video = 0) { return benchmark.videos.at(video).problem; }
};

TEST_F(FindingVideos, KineticsFoldersMayBeAsTorchvisionOrMmaction2WriteThem) {
  folder_.add("annotations/val.csv", concat(kKineticsHeader,
                                            "tying knot (not on a tie),aaaaaaaaaaa,7,17,validate\n"
                                            "massaging person's head,bbbbbbbbbbb,43,53,validate\n"
                                            "mountain climber (exercise),ccccccccccc,126,136,validate\n"
                                            "abseiling,ddddddddddd,10,20,validate\n"));
  folder_.add("val/tying_knot_not_on_a_tie/aaaaaaaaaaa_000007_000017.mp4");
  folder_.add("val/massaging_person's_head/bbbbbbbbbbb_000043_000053.webm");
  folder_.add("val/mountain_climber_(exercise)/ccccccccccc_000126_000136.MP4");
  folder_.add("val/ddddddddddd_000010_000020.mp4");
  const Benchmark benchmark = open("k400");
  EXPECT_EQ(paths(benchmark), (Texts{"val/tying_knot_not_on_a_tie/aaaaaaaaaaa_000007_000017.mp4",
                                     "val/massaging_person's_head/bbbbbbbbbbb_000043_000053.webm",
                                     "val/mountain_climber_(exercise)/ccccccccccc_000126_000136.MP4",
                                     "val/ddddddddddd_000010_000020.mp4"}));
  EXPECT_TRUE(benchmark.warnings.empty());
}

TEST_F(FindingVideos, KineticsListsFindRenamedFoldersToo) {
  folder_.add("classes.txt", "tying knot (not on a tie)\nabseiling\n");
  folder_.add("val.txt", "tying knot (not on a tie)/aaaaaaaaaaa_000007_000017.mp4 0\n");
  folder_.add("videos_val/tying_knot_not_on_a_tie/aaaaaaaaaaa_000007_000017.mkv");
  EXPECT_EQ(paths(open("k400")), (Texts{"videos_val/tying_knot_not_on_a_tie/aaaaaaaaaaa_000007_000017.mkv"}));
}

TEST_F(FindingVideos, KineticsTimesMayBeWrittenOtherwise) {
  folder_.add("val.csv", concat(kKineticsHeader, "run,-a_b-c_d-12,7,17,validate\nrun,bbbbbbbbbbb,8,18,validate\n"));
  folder_.add("val/-a_b-c_d-12_7_17.mp4");
  folder_.add("val/run/bbbbbbbbbbb-8.0-18.0.mp4");
  folder_.add("val/run/bbbbbbbbbbb_000100_000110.mp4");
  EXPECT_EQ(paths(open("k400")), (Texts{"val/-a_b-c_d-12_7_17.mp4", "val/run/bbbbbbbbbbb-8.0-18.0.mp4"}));
  EXPECT_TRUE(open("k400").warnings.empty());
}

TEST_F(FindingVideos, AnIdWithOtherTimesOrNoneIsTakenWithAWarningWhereItIsTheOnlyOne) {
  folder_.add("val.csv", concat(kKineticsHeader, "run,aaaaaaaaaaa,7,17,validate\nrun,bbbbbbbbbbb,8,18,validate\n"));
  folder_.add("val/run/aaaaaaaaaaa_000009_000019.mp4");
  folder_.add("val/bbbbbbbbbbb.mp4");
  const Benchmark benchmark = open("k400");
  EXPECT_EQ(paths(benchmark), (Texts{"val/run/aaaaaaaaaaa_000009_000019.mp4", "val/bbbbbbbbbbb.mp4"}));
  ASSERT_EQ(benchmark.warnings.size(), 2U);
  EXPECT_TRUE(benchmark.warnings[0].starts_with("1 of 2 videos were found with other times than their rows have"));
  EXPECT_TRUE(benchmark.warnings[1].starts_with("1 of 2 videos were found by their id without times"));
}

TEST_F(FindingVideos, SeveralPartsOfAnIdAreNotGuessedAmong) {
  folder_.add("val.csv", concat(kKineticsHeader, "run,aaaaaaaaaaa,7,17,validate\n"));
  folder_.add("val/aaaaaaaaaaa_000009_000019.mp4");
  folder_.add("val/aaaaaaaaaaa.mp4");
  const Benchmark benchmark = open("k400");
  EXPECT_EQ(paths(benchmark), Texts{"-"});
  EXPECT_NE(problem(benchmark).find("found 2 files of its id ("), std::string::npos) << problem(benchmark);
}

TEST_F(FindingVideos, OneFileIsNotTakenForTwoVideos) {
  folder_.add("val.csv", concat(kKineticsHeader, "run,aaaaaaaaaaa,7,17,validate\nrun,aaaaaaaaaaa,30,40,validate\n"));
  folder_.add("val/aaaaaaaaaaa.mp4");
  const Benchmark kinetics = open("k400");
  EXPECT_EQ(paths(kinetics), (Texts{"-", "-"}));
  EXPECT_NE(problem(kinetics).find("may be aaaaaaaaaaa_000030_000040.mp4 as well"), std::string::npos);

  folder_.add("splits/run_test_split1.txt", "1.avi 2\n");
  folder_.add("splits/walk_test_split1.txt", "1.avi 2\n");
  folder_.add("videos/1.avi");
  EXPECT_EQ(paths(open("hmdb51")), (Texts{"-", "-"})) << "flat copies where two classes have the same name";
  folder_.add("videos/run/1.avi");
  folder_.add("videos/walk/1.mp4");
  EXPECT_EQ(paths(open("hmdb51")), (Texts{"videos/run/1.avi", "videos/walk/1.mp4"}));
}

TEST_F(FindingVideos, DidemoKeepsTheWholeNameBeforeTheExtensionThatItsScriptAdds) {
  folder_.add("test_data.json",
              R"([{"video": "1@N01_x.mov", "description": "a"}, {"video": "2@N02_y.", "description": "b"},
      {"video": "3@N03_z.mp4", "description": "c"}, {"video": "4@N04_w.avi", "description": "d"}])");
  folder_.add("videos/1@N01_x.mov.mp4");
  folder_.add("videos/2@N02_y..mp4");
  folder_.add("videos/3@N03_z.mp4.mp4");
  folder_.add("videos/4@N04_w.mp4");
  EXPECT_EQ(paths(open("didemo")),
            (Texts{"videos/1@N01_x.mov.mp4", "videos/2@N02_y..mp4", "videos/3@N03_z.mp4.mp4", "videos/4@N04_w.mp4"}));
}

TEST_F(FindingVideos, EveryExtensionOfAVideoIsFoundInAnyCase) {
  for (const char* extension : {"m4v", "TS", "Wmv", "MPG", "mts", "3gp", "gif", "MKV", "ogv", "y4m"}) {
    const std::string file = concat("videos/all/", extension, "7020.", extension);
    folder_.add(file);
    const std::string list = folder_.add("l.csv", concat("video_id,sentence\n", extension, "7020,a\n"));
    EXPECT_EQ(paths(open("msrvtt", {.annotations = list})), Texts{file});
  }
}

TEST_F(FindingVideos, OfSeveralExtensionsTheFirstOfTheListIsTakenAndNoPictureForAVideo) {
  folder_.add("l.csv", "path,caption\na.avi,x\nb.avi,y\nc.jpg,z\n");
  for (const char* file : {"a.gif", "a.webm", "a.mkv", "a.jpg", "b.jpg", "c.jpeg", "c.mp4"}) folder_.add(file);
  EXPECT_EQ(paths(open("retrieval")), (Texts{"a.mkv", "-", "c.jpeg"}));
}

TEST_F(FindingVideos, CompanionsOfMacOsAreNoVideosListsOrClasses) {
  folder_.add("splits/run_test_split1.txt", "a.avi 2\n");
  folder_.add("splits/._run_test_split1.txt", std::string("\0\5\26\7", 4));
  folder_.add("videos/run/._a.avi", "x");
  folder_.add("videos/run/a.avi");
  EXPECT_EQ(names(open("hmdb51")), Texts{"run/a.avi"});

  folder_.add("val/zumba/b.mp4");
  folder_.add("val/zumba/._b.mp4");
  folder_.add("val/run/._c.mp4");
  folder_.add("val/run/c.mp4");
  folder_.add("val/._run/c.mp4");
  folder_.add("val/__MACOSX/._c.mp4");
  EXPECT_EQ(names(open("k400")), (Texts{"run/c.mp4", "zumba/b.mp4"}));
}

TEST_F(FindingVideos, PathsOfOnesOwnTableAreTakenAsTheyAre) {
  folder_.add("l.csv", "path,caption\na/1.mp4,x\n");
  folder_.add("1.mp4");
  folder_.add("A/1.mp4");
  const Benchmark benchmark = open("retrieval");
  EXPECT_EQ(paths(benchmark), Texts{"-"});
  EXPECT_NE(problem(benchmark).find("a/1.mp4: found no such file in "), std::string::npos) << problem(benchmark);
  EXPECT_NE(problem(benchmark).find("; tried each extension of a video (docs/finding-videos.md)"), std::string::npos);
}

TEST_F(FindingVideos, PathsOfOnesOwnTableAreLookedForInTheCurrentFolderToo) {
  folder_.add("tables/l.csv", "path,caption\nclips/a.avi,x\n");
  folder_.add("clips/a.mp4");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder_.path());
  const Benchmark benchmark = open_benchmark("retrieval", {.data = "tables/l.csv"});
  std::filesystem::current_path(before);
  EXPECT_EQ(benchmark.videos[0].path, "clips/a.mp4");
  EXPECT_EQ(benchmark.videos[0].problem, "");
}

TEST_F(FindingVideos, WhatWasTriedStandsInTheReasonOfAMissingVideo) {
  folder_.add("val.csv", concat(kKineticsHeader, "run,aaaaaaaaaaa,7,17,validate\n"));
  folder_.add("val/x.mp4");
  const auto missing = check_videos(open("k400"), 1, {});
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].status, "missing");
  for (const char* part :
       {"aaaaaaaaaaa_000007_000017.mp4: found no such file in ", "/val, ", "each extension of a video",
        "class folders as torchvision and mmaction2 rename them", "other times and the id alone"}) {
    EXPECT_NE(missing[0].reason.find(part), std::string::npos) << part << " in " << missing[0].reason;
  }
}

TEST_F(FindingVideos, AClassWithoutItsListIsToldAndStaysAClass) {
  folder_.add("splits/run_test_split1.txt", "a.avi 2\n");
  folder_.add("splits/walk_test_split1.txt", "b.avi 2\n");
  folder_.add("splits/wave_test_split2.txt", "c.avi 2\n");
  const Benchmark benchmark = open("hmdb51");
  EXPECT_EQ(benchmark.classes, (Texts{"run", "walk", "wave"}));
  EXPECT_EQ(benchmark.warnings, Texts{"1 of 3 classes have no video in the lists: wave"});
}

TEST_F(FindingVideos, TrainingFoldersAreNotThoseOfTheTest) {
  folder_.add("val/run/a.mp4");
  folder_.add("val/walk/b.mp4");
  folder_.add("train/run/c.mp4");
  folder_.add("train/walk/d.mp4");
  EXPECT_EQ(names(open("k400", {.part = BenchmarkPart::kTrain})), (Texts{"run/c.mp4", "walk/d.mp4"}));
}

TEST(VideoName, TimesAreTheLastTwoNumbers) {
  const auto timed = timed_stem("P0o9-8u7_6t_000126_000136");
  ASSERT_TRUE(timed);
  EXPECT_EQ(timed->id, "P0o9-8u7_6t");
  EXPECT_EQ(timed->begin, 126);
  EXPECT_EQ(timed->end, 136);
  for (const char* none : {"", "_1_2", "abc", "abc_12", "abc_1_x", "a_1_2.avi", "a_nan_inf", "a__1", "a_1e3_2"}) {
    EXPECT_FALSE(timed_stem(none)) << none;
  }
  EXPECT_EQ(plain_folder("massaging person's head (slow) \"x\""), "massaging_persons_head_slow_x");
}

}  // namespace
}  // namespace tvts::test
