// MSR-VTT, DiDeMo, LSMDC and WebVid in all forms in which they lie on disks.
#include "tests/evaluate/benchmarks/data_folder.h"

namespace tvts::test {
namespace {

class RetrievalForms : public DataFolder {};

TEST_F(RetrievalForms, MsrvttAsCsv) {
  folder_.add(
      "MSRVTT_JSFUSION_test.csv",
      "key,vid_key,video_id,sentence\nret0,msr7020,video7020,\"a man, singing\"\nret1,msr7021,video7021,a dog\n");
  folder_.add("videos/all/video7021.mp4");
  const Benchmark benchmark = open("msrvtt");
  EXPECT_EQ(benchmark.form, "jsfusion-csv");
  EXPECT_EQ(names(benchmark), (Texts{"video7020", "video7021"}));
  EXPECT_EQ(benchmark.texts, (Texts{"a man, singing", "a dog"}));
  EXPECT_EQ(benchmark.video_of_text, (Numbers{0, 1}));
  EXPECT_EQ(benchmark.videos[1].path, folder_ / "videos/all/video7021.mp4");
  EXPECT_EQ(benchmark.files, (Texts{folder_ / "MSRVTT_JSFUSION_test.csv"}));
}

constexpr char kWhole[] = R"({"images": [], "annotations": [
  {"image_id": "video2", "caption": "b0"}, {"image_id": "video1", "caption": "a0"},
  {"image_id": "video1", "caption": "a1"}, {"image_id": "video3", "caption": "c"}]})";

TEST_F(RetrievalForms, MsrvttAsJsonTakesTheCaptionThatThePickledIndexNames) {
  folder_.add("annotation/MSR_VTT.json", kWhole);
  folder_.add("high-quality/structured-symlinks/val_list_jsfusion.txt", "video1\nvideo2\n");
  // Protocol 2 of {"video1": 1, "video2": 0}.
  const std::string pickle("\x80\x02}q\x00(X\x06\x00\x00\x00video1q\x01K\x01X\x06\x00\x00\x00video2q\x02K\x00u.", 39);
  folder_.add("high-quality/structured-symlinks/jsfusion_val_caption_idx.pkl", pickle);
  const Benchmark benchmark = open("msrvtt");
  EXPECT_EQ(benchmark.form, "msrvtt-json");
  EXPECT_EQ(names(benchmark), (Texts{"video1", "video2"}));
  EXPECT_EQ(benchmark.texts, (Texts{"a1", "b0"}));
  EXPECT_EQ(benchmark.files.size(), 3U);
}

TEST_F(RetrievalForms, MsrvttAsJsonTakesTheIndexAsJsonToo) {
  folder_.add("MSR_VTT.json", kWhole);
  folder_.add("val_list_jsfusion.txt", "video1\n");
  folder_.add("jsfusion_val_caption_idx.json", R"({"video1": 0})");
  EXPECT_EQ(open("msrvtt").texts, (Texts{"a0"}));
}

TEST_F(RetrievalForms, MsrvttAsJsonWithoutAnIndexNeedsToBeToldWhichCaptions) {
  folder_.add("MSR_VTT.json", kWhole);
  folder_.add("val_list_jsfusion.txt", "video2\nvideo1\n");
  EXPECT_NE(error_of("msrvtt").find("val_list_jsfusion.txt:2: found 2 captions of video1"), std::string::npos);
  const Benchmark benchmark = open("msrvtt", {.all_captions = true});
  EXPECT_EQ(benchmark.texts, (Texts{"b0", "a0", "a1"}));
  EXPECT_EQ(benchmark.video_of_text, (Numbers{0, 1, 1}));
}

TEST_F(RetrievalForms, AllCaptionsAreNotTakenFromAListWithOneAVideo) {
  folder_.add("MSRVTT_JSFUSION_test.csv", "video_id,sentence\nvideo1,one\nvideo2,two\n");
  EXPECT_EQ(open("msrvtt").texts.size(), 2U);
  EXPECT_NE(error_of("msrvtt", {.all_captions = true}).find("found one caption a video"), std::string::npos);
}

TEST_F(RetrievalForms, MsrvttAsMmactionWritesIt) {
  const std::string file = folder_.add("test.json", R"({"video7020.mp4": ["one", "two"], "video7021.mp4": ["three"]})");
  const Benchmark benchmark = open("msrvtt", {.annotations = file});
  EXPECT_EQ(benchmark.form, "captions-json");
  EXPECT_EQ(benchmark.video_of_text, (Numbers{0, 0, 1}));
}

TEST_F(RetrievalForms, MsrvttAsUmtWritesIt) {
  folder_.add(
      "msrvtt_ret_test1k.json",
      R"([{"video": "video7020.mp4", "caption": "one"}, {"video": "video7021.mp4", "caption": ["two", "three"]}])");
  const Benchmark benchmark = open("msrvtt");
  EXPECT_EQ(benchmark.form, "video-caption-json");
  EXPECT_EQ(benchmark.texts, (Texts{"one", "two", "three"}));
}

TEST_F(RetrievalForms, ATableOfBothFormsIsTakenAsTold) {
  folder_.add("MSRVTT_JSFUSION_test.csv", "video_id,sentence\nvideo1,from the table\n");
  folder_.add("MSR_VTT.json", kWhole);
  folder_.add("val_list_jsfusion.txt", "video2\n");
  EXPECT_EQ(open("msrvtt").texts, (Texts{"from the table"}));
  EXPECT_EQ(open("msrvtt", {.form = "msrvtt-json"}).texts, (Texts{"b0"}));
}

TEST_F(RetrievalForms, DidemoAsTsvWithAndWithoutHeader) {
  const std::string rows = "a dog. it runs\tvideos/1.mp4\na \"cat\ttwo/2.mov\n";
  folder_.add("DiDeMo_test.tsv", rows);
  EXPECT_EQ(open("didemo").texts, (Texts{"a dog. it runs", "a \"cat"}));
  folder_.add("DiDeMo_test.tsv",
              "\xEF\xBB\xBF"
              "caption\tpath\r\na dog\tvideos/1.mp4\r\n");
  EXPECT_EQ(names(open("didemo")), (Texts{"videos/1.mp4"}));
}

TEST_F(RetrievalForms, DidemoAsJsonJoinsTheSentencesOfAVideo) {
  folder_.add("test_data.json", R"([
    {"description": "first", "times": [[0, 0]], "video": "b.avi"}, {"description": "other", "times": [], "video": "a.avi"},
    {"description": "second", "times": [[1, 1]], "video": "b.avi"}, {"description": "no", "times": [], "video": "c.avi"}])");
  folder_.add("test_list.txt", "videos/a.avi\nvideos/b.avi\n");
  folder_.add("videos/a.mp4");
  const Benchmark benchmark = open("didemo");
  EXPECT_EQ(benchmark.texts, (Texts{"first second", "other"}));
  EXPECT_EQ(benchmark.videos[1].path, folder_ / "videos/a.mp4");
  EXPECT_EQ(benchmark.videos[0].path, folder_ / "b.avi");
}

TEST_F(RetrievalForms, DidemoAsUmtWritesItIsAParagraph) {
  folder_.add("didemo_ret_test.json", R"([{"video": "a.avi", "caption": ["one.", "two."]}])");
  EXPECT_EQ(open("didemo").texts, (Texts{"one. two."}));
}

constexpr char kLsmdc[] =
    "1004_Juno_00.00.32.240-00.00.37.453\t0\t0\t0\t0\tSOMEONE "
    "\"walks.\n0014_Ist_das_00.58.14.255-00.58.15.965\t1\t2\t3\t4\tHe sits.\n";

TEST_F(RetrievalForms, LsmdcClipsAreInTheirMoviesFolder) {
  folder_.add("LSMDC16_challenge_1000_publictect.csv", kLsmdc);
  const Benchmark benchmark = open("lsmdc");
  EXPECT_EQ(names(benchmark), (Texts{"1004_Juno/1004_Juno_00.00.32.240-00.00.37.453.avi",
                                     "0014_Ist_das/0014_Ist_das_00.58.14.255-00.58.15.965.avi"}));
  EXPECT_EQ(benchmark.texts, (Texts{"SOMEONE \"walks.", "He sits."}));
}

TEST_F(RetrievalForms, LsmdcWithAHeaderIsSeenToHaveOne) {
  folder_.add("LSMDC16_test.csv", concat("name\ta\tb\tc\td\tsentence\n", kLsmdc));
  EXPECT_EQ(open("lsmdc").texts.size(), 2U);
}

TEST_F(RetrievalForms, LsmdcsFirstRowIsLostWhereItIsReadAsThePublishedLoaderDoes) {
  folder_.add("LSMDC16_test.csv", kLsmdc);
  EXPECT_EQ(open("lsmdc", {.first_row = FirstRow::kHeader}).texts, (Texts{"He sits."}));
}

TEST_F(RetrievalForms, WebvidInBothForms) {
  folder_.add("results_2M_val.csv",
              "videoid,contentUrl,duration,page_dir,name\n21179416,x,PT00H00M11S,006001_006050,\"Dogs, running\"\n");
  folder_.add("val/006001_006050/21179416.mp4");
  EXPECT_EQ(names(open("webvid")), (Texts{"006001_006050/21179416.mp4"}));
  EXPECT_EQ(open("webvid").videos[0].path, folder_ / "val/006001_006050/21179416.mp4");
  const std::string tsv = folder_.add("own.tsv", "Name\tid\nDogs, running\t006001_006050/21179416\n");
  const Benchmark benchmark = open("webvid", {.annotations = tsv});
  EXPECT_EQ(benchmark.form, "webvid-tsv");
  EXPECT_EQ(benchmark.texts, (Texts{"Dogs, running"}));
  EXPECT_EQ(split_sha256(benchmark), split_sha256(open("webvid", {.form = "webvid-csv"})));
}

TEST_F(RetrievalForms, VideosThatAreLeftOutTakeTheirTextsAlong) {
  const std::string file = folder_.add("t.json", R"({"a.mp4": ["1", "2"], "b.mp4": ["3"], "c.mp4": ["4"]})");
  const Benchmark part = with_videos(open("msrvtt", {.annotations = file}), {true, false, true});
  EXPECT_EQ(names(part), (Texts{"a.mp4", "c.mp4"}));
  EXPECT_EQ(part.texts, (Texts{"1", "2", "4"}));
  EXPECT_EQ(part.video_of_text, (Numbers{0, 0, 1}));
}

}  // namespace
}  // namespace tvts::test
