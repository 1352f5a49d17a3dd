// HMDB-51, UCF-101 and Kinetics-400 in all forms in which they lie on disks.
#include "tests/evaluate/benchmarks/data_folder.h"

namespace tvts::test {
namespace {

class ActionForms : public DataFolder {};

TEST_F(ActionForms, HmdbSplitFilesAreAFileAClass) {
  folder_.add("testTrainMulti_7030_splits/brush_hair_test_split1.txt", "a.avi 1 \nb.avi 2 \nc.avi 0 \n");
  folder_.add("testTrainMulti_7030_splits/wave_test_split1.txt", "d#(1).avi 2 \r\n");
  folder_.add("testTrainMulti_7030_splits/wave_test_split2.txt", "e.avi 2 \n");
  folder_.add("videos/wave/d#(1).avi");
  const Benchmark benchmark = open("hmdb51");
  EXPECT_EQ(benchmark.form, "split-files");
  EXPECT_EQ(benchmark.classes, (Texts{"brush hair", "wave"}));
  EXPECT_EQ(names(benchmark), (Texts{"brush_hair/b.avi", "wave/d#(1).avi"}));
  EXPECT_EQ(benchmark.answers, (Numbers{0, 1}));
  EXPECT_EQ(benchmark.templates, (Texts{"a person {}"}));
  EXPECT_EQ(benchmark.videos[1].path, folder_ / "videos/wave/d#(1).avi");
}

TEST_F(ActionForms, HmdbSplitsAndTrainingListsAreTakenAsTold) {
  folder_.add("splits/brush_hair_test_split1.txt", "a.avi 1 \nb.avi 2 \n");
  folder_.add("splits/brush_hair_test_split2.txt", "a.avi 2 \nb.avi 1 \n");
  EXPECT_EQ(names(open("hmdb51", {.part = BenchmarkPart::kTrain})), (Texts{"brush_hair/a.avi"}));
  EXPECT_EQ(names(open("hmdb51", {.split = 2})), (Texts{"brush_hair/a.avi"}));
}

TEST_F(ActionForms, UcfListsAreNumberedByClassInd) {
  folder_.add("ucfTrainTestlist/classInd.txt", "1 ApplyEyeMakeup\r\n2 YoYo\r\n");
  folder_.add("ucfTrainTestlist/testlist01.txt", "YoYo/v_YoYo_g01_c01.avi\r\nApplyEyeMakeup/v_x.avi\r\n");
  folder_.add("ucfTrainTestlist/trainlist01.txt", "YoYo/v_YoYo_g08_c01.avi 2\r\n");
  const Benchmark benchmark = open("ucf101");
  EXPECT_EQ(benchmark.classes, (Texts{"Apply Eye Makeup", "Yo Yo"}));
  EXPECT_EQ(benchmark.answers, (Numbers{1, 0}));
  EXPECT_EQ(names(open("ucf101", {.part = BenchmarkPart::kTrain})), (Texts{"YoYo/v_YoYo_g08_c01.avi"}));
}

TEST_F(ActionForms, ListsOfThePublishedCodeCountFromOneInHmdbAndUcf) {
  folder_.add("classes.txt", "run\nwalk\n");
  folder_.add("test.tsv", "a/x.avi\t2\nb y.avi\t1\n");
  for (const char* name : {"hmdb51", "ucf101"}) {
    const Benchmark benchmark = open(name);
    EXPECT_EQ(benchmark.form, "path-label");
    EXPECT_EQ(benchmark.answers, (Numbers{1, 0}));
  }
}

TEST_F(ActionForms, KineticsListsCountFromZeroBehindTabCommaOrBlank) {
  folder_.add("label2id.json", R"({"walk": 1, "run": 0})");
  for (const char* list : {"air drumming/a b.mp4\t1\nc.mp4\t0\n", "air drumming/a b.mp4 1\nc.mp4 0\n",
                           "path,label\nair drumming/a b.mp4,1\nc.mp4,0\n"}) {
    const Benchmark benchmark = open("k400", {.annotations = folder_.add("list", list)});
    EXPECT_EQ(benchmark.form, "path-label") << list;
    EXPECT_EQ(benchmark.classes, (Texts{"run", "walk"}));
    EXPECT_EQ(names(benchmark), (Texts{"air drumming/a b.mp4", "c.mp4"}));
    EXPECT_EQ(benchmark.answers, (Numbers{1, 0}));
  }
}

TEST_F(ActionForms, KineticsCsvNamesFilesByIdAndTimes) {
  folder_.add("val.csv",
              "label,youtube_id,time_start,time_end,split\nzumba,---QUuC4vJs,84,94,validate\nair "
              "drumming,aa,7.0,17.0,validate\n");
  folder_.add("val/---QUuC4vJs_000084_000094.mkv");
  folder_.add("val/air drumming/aa_000007_000017.mp4");
  const Benchmark benchmark = open("k400");
  EXPECT_EQ(benchmark.form, "kinetics-csv");
  EXPECT_EQ(benchmark.classes, (Texts{"air drumming", "zumba"}));
  EXPECT_EQ(benchmark.answers, (Numbers{1, 0}));
  EXPECT_EQ(benchmark.videos[0].path, folder_ / "val/---QUuC4vJs_000084_000094.mkv");
  EXPECT_EQ(benchmark.videos[1].path, folder_ / "val/air drumming/aa_000007_000017.mp4");
}

TEST_F(ActionForms, KineticsAsFoldersOfClasses) {
  folder_.add("val/zumba/b.mp4");
  folder_.add("val/air drumming/a.webm");
  folder_.add("val/air drumming/notes.txt");
  const Benchmark benchmark = open("k400");
  EXPECT_EQ(benchmark.form, "class-folders");
  EXPECT_EQ(names(benchmark), (Texts{"air drumming/a.webm", "zumba/b.mp4"}));
  EXPECT_EQ(benchmark.answers, (Numbers{0, 1}));
  EXPECT_EQ(benchmark.videos[1].path, folder_ / "val/zumba/b.mp4");
}

TEST_F(ActionForms, VideosMayLieFlat) {
  folder_.add("splits/wave_test_split1.txt", "a.avi 2\n");
  folder_.add("videos/a.avi");
  EXPECT_EQ(open("hmdb51").videos[0].path, folder_ / "videos/a.avi");
}

TEST_F(ActionForms, TemplatesBesideTheListsAreTaken) {
  folder_.add("template.txt", "something {}\nsee {}\n");
  folder_.add("classes.txt", "run\n");
  folder_.add("val.tsv", "a.mp4\t0\n");
  EXPECT_EQ(open("k400").templates, (Texts{"something {}", "see {}"}));
}

}  // namespace
}  // namespace tvts::test
