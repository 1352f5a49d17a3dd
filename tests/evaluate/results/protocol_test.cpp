// Deviations from the paper's protocol are reported, and the paper's rows stand beside ours.
#include "tvts/evaluate/results/protocol.h"

#include <gtest/gtest.h>

#include "tvts/evaluate/results/evaluation_page.h"

namespace tvts {
namespace {

Manifest msrvtt_as_published() {
  Manifest manifest = {.benchmark = "msrvtt", .videos = 1000, .texts = 1000};
  manifest.embedding =
      StoreHeader{.model_name = "ViT-B-32", .preprocess = "tvtsv2-eval", .num_frames = 12, .pool = "cls"};
  manifest.image_size = 224;
  manifest.short_clips = "zeros";
  manifest.ties = "published";
  return manifest;
}

bool mentions(const std::vector<std::string>& sentences, const std::string& part) {
  for (const std::string& sentence : sentences) {
    if (sentence.find(part) != std::string::npos) return true;
  }
  return false;
}

PaperTables paper() { return load_paper_tables(std::string(TVTS_SOURCE_DIR) + "/share/paper_results.json"); }

TEST(Protocol, ThePublishedOneDiffersInNothing) {
  EXPECT_EQ(differences_from_paper(msrvtt_as_published()), std::vector<std::string>());
}

TEST(Protocol, EveryDifferenceIsNamed) {
  Manifest manifest = msrvtt_as_published();
  manifest.videos = 999;
  manifest.texts = 2000;
  manifest.embedding->num_frames = 8;
  manifest.embedding->preprocess = "clip";
  manifest.ties = "mean";
  manifest.short_clips = "repeat";
  manifest.missing = {{"video1", "missing", ""}};
  const std::vector<std::string> all = differences_from_paper(manifest);
  for (const char* part :
       {"Videos: 999", "Texts: 2000", "Frames: 8", "Preprocessing: clip", "Ties", "repeat", "Missing: 1"}) {
    EXPECT_TRUE(mentions(all, part)) << part;
  }
}

TEST(Protocol, TemplatesAndClassesAreHeldAgainstThePapers) {
  Manifest manifest = msrvtt_as_published();
  manifest.benchmark = "hmdb51";
  manifest.texts = 0;
  manifest.classes = 12;
  manifest.templates = {"something {}"};
  EXPECT_TRUE(mentions(differences_from_paper(manifest), "Classes: 12 here, 51"));
  EXPECT_TRUE(mentions(differences_from_paper(manifest), "\"something {}\" here"));
}

TEST(Protocol, ThePapersRowsStandBelowOurs) {
  const Evaluation evaluation = {.measures = {{"t2v_r1", "", 1, 12.5, {}}, {"t2v_dsl_r1", "", 1, 14, {}}}};
  const std::vector<Table> tables = beside_the_paper(msrvtt_as_published(), evaluation, paper());
  ASSERT_EQ(tables.size(), 1U);
  EXPECT_EQ(find_cell(tables[0], "ViT-B-32", "MSR-VTT R@1")->number, 12.5);
  EXPECT_EQ(find_cell(tables[0], "ViT-B-32 (DSL)", "MSR-VTT R@1")->number, 14);
  EXPECT_EQ(find_cell(tables[0], "Ours-B/32", "MSR-VTT R@1")->number, 34.5);
  EXPECT_TRUE(find_cell(tables[0], "ViT-B-32", "MSR-VTT R@5")->is_missing);
}

TEST(Protocol, DidemoIsHeldAgainstTheMatchedSimilarityToo) {
  Manifest manifest = msrvtt_as_published();
  manifest.benchmark = "didemo";
  EXPECT_EQ(beside_the_paper(manifest, {}, paper()).size(), 2U);
}

TEST(Protocol, AUsersOwnHasNoPaper) {
  Manifest manifest = msrvtt_as_published();
  manifest.benchmark = "retrieval";
  EXPECT_TRUE(differences_from_paper(manifest).empty());
  EXPECT_TRUE(beside_the_paper(manifest, {}, paper()).empty());
}

TEST(EvaluationPage, ShowsDifferencesConfusionAndMissingVideos) {
  Manifest manifest = msrvtt_as_published();
  manifest.benchmark = "k400";
  manifest.texts = 0;
  manifest.classes = 2;
  manifest.missing = {{"gone.mp4", "missing", "no such file"}};
  const Evaluation evaluation = {.measures = {{"top1", "top-1", 1, 50, Interval{50, 40, 60}}},
                                 .items = {},
                                 .classes = {{"run", {2, 50}}, {"walk", {0, 0}}},
                                 .confusion = {1, 1, 0, 0}};
  const std::string page = html_page(evaluation_page({{manifest, evaluation}}, paper()));
  for (const char* part : {"NOT as in the paper: Classes: 2 here, 400", "data:image/png", "gone.mp4", "Ours-B/16",
                           "40.0 to 60.0", "no video"}) {
    EXPECT_NE(page.find(part), std::string::npos) << part;
  }
}

}  // namespace
}  // namespace tvts
