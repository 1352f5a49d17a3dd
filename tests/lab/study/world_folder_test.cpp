#include "lab/study/world_folder.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"

namespace tvts::test {
namespace {

// A line of truth on a clip of the retrieval test.
std::string retrieval_clip(const std::string& name, const std::string& shots) {
  return concat(R"({"path": "eval/msrvtt/videos/all/)", name, R"(.mp4", "captions": {"query": "q)", name,
                R"(", "alt": "a)", name, R"("}, "shots": [)", shots, "]}\n");
}

constexpr char kRedMoves[] = R"({"kind": "moving left", "thing": {"colour": "red", "shape": "disc"}, "frames": 12})";
constexpr char kBlueGrows[] = R"({"kind": "growing", "thing": {"colour": "blue", "shape": "ring"}, "frames": 12})";
constexpr char kRedMeetsBlue[] =
    R"({"kind": "colliding", "thing": {"colour": "red", "shape": "disc"}, "other": {"colour": "blue", "shape": "ring"}})";
constexpr char kBlueMeetsRed[] =
    R"({"kind": "colliding", "thing": {"colour": "blue", "shape": "ring"}, "other": {"colour": "red", "shape": "disc"}})";

class WorldFolder : public testing::Test {
 protected:
  void SetUp() override {
    folder_.add("world.json", "{}");
    folder_.add("eval/k400/classes.txt", "moving left\ngrowing\n");
    folder_.add("eval/k400/template.txt", "something {}\n");
    folder_.add("twins/twins.jsonl", "");
    folder_.add("truth/test.jsonl", "");
    folder_.add("narrated/test.tsv", "Name\n");
  }

  WorldTests with_truth(const std::string& lines) {
    folder_.add("truth/test.jsonl", lines);
    return read_world_tests(folder_.path());
  }

  std::string message(const std::string& truth) {
    try {
      with_truth(truth);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kInput);
      return error.what();
    }
    return "";
  }

  TemporaryFolder folder_;
};

TEST_F(WorldFolder, ClipsOfTheRetrievalTestHaveTwoCaptions) {
  const WorldTests tests = with_truth(retrieval_clip("7", kRedMoves));
  ASSERT_EQ(tests.retrieval.size(), 1U);
  EXPECT_EQ(tests.retrieval[0].path, folder_ / "eval/msrvtt/videos/all/7.mp4");
  EXPECT_EQ(tests.retrieval[0].query, "q7");
  EXPECT_EQ(tests.retrieval[0].alt, "a7");
}

TEST_F(WorldFolder, ClipsMeanTheSameWhenTheSameHappensInTheSameOrder) {
  const std::string both = concat(kRedMoves, ",", kBlueGrows), swapped = concat(kBlueGrows, ",", kRedMoves);
  const WorldTests tests = with_truth(concat(retrieval_clip("1", both), retrieval_clip("2", swapped),
                                             retrieval_clip("3", both), retrieval_clip("4", kRedMoves)));
  std::vector<std::size_t> meanings;
  for (const CaptionedClip& clip : tests.retrieval) meanings.push_back(clip.meaning);
  EXPECT_EQ(meanings, (std::vector<std::size_t>{0, 1, 0, 2}));
}

TEST_F(WorldFolder, WithoutNarratedTestClipsThereIsNoListOfThem) {
  EXPECT_EQ(with_truth("").narrated_list, "");
  folder_.add("narrated/test.tsv", "Name\na.mp4\n");
  EXPECT_EQ(with_truth("").narrated_list, folder_ / "narrated/test.tsv");
}

TEST_F(WorldFolder, WhoBumpsIntoWhomIsNoDifference) {
  const WorldTests tests = with_truth(concat(retrieval_clip("1", kRedMeetsBlue), retrieval_clip("2", kBlueMeetsRed)));
  EXPECT_EQ(tests.retrieval[0].meaning, tests.retrieval[1].meaning);
}

TEST_F(WorldFolder, ClipsOfActionsHaveTheNumberOfTheirClass) {
  const WorldTests tests =
      with_truth(R"({"path": "eval/ucf101/videos/a.avi", "captions": {"class": "growing"}, "shots": []})"
                 "\n"
                 R"({"path": "eval/k400/val/b.mp4", "captions": {"class": "moving left"}, "shots": []})"
                 "\n");
  EXPECT_EQ(tests.actions.answer, (std::vector<std::size_t>{1, 0}));
  EXPECT_EQ(tests.actions.paths[1], folder_ / "eval/k400/val/b.mp4");
  EXPECT_EQ(tests.actions.sentence, "something {}");
}

TEST_F(WorldFolder, TwinsHaveTwoSides) {
  folder_.add("twins/twins.jsonl",
              R"({"a": "videos/x_a.mp4", "b": "videos/x_b.mp4", "caption_a": "one", "caption_b": "two", )"
              R"("alt_a": "1", "alt_b": "2", "kind": "order"})");
  const WorldTests tests = read_world_tests(folder_.path());
  ASSERT_EQ(tests.twins.size(), 1U);
  EXPECT_EQ(tests.twins[0].path[1], folder_ / "twins/videos/x_b.mp4");
  EXPECT_EQ(tests.twins[0].query[0], "one");
  EXPECT_EQ(tests.twins[0].alt[1], "2");
}

TEST_F(WorldFolder, ALineThatIsNoRecordIsNamed) {
  EXPECT_NE(message(retrieval_clip("1", kRedMoves) + "{}\n").find("truth/test.jsonl:2: "), std::string::npos);
  EXPECT_NE(message("[\n").find("truth/test.jsonl:1: "), std::string::npos);
  EXPECT_NE(message(R"({"path": 7, "captions": {}})").find("truth/test.jsonl:1: "), std::string::npos);
}

TEST_F(WorldFolder, AnUnknownClassIsNamed) {
  EXPECT_NE(message(R"({"path": "eval/k400/val/b.mp4", "captions": {"class": "dancing"}})").find("'dancing'"),
            std::string::npos);
}

TEST_F(WorldFolder, AFolderWithoutAWholeWorldIsAnError) {
  std::filesystem::remove(folder_ / "world.json");
  EXPECT_NE(message("").find("tvts data world"), std::string::npos);
}

}  // namespace
}  // namespace tvts::test
