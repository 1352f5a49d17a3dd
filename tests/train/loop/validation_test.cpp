// The validation of a run: every form of data set, read as training reads it and measured as `tvts embed` would.
#include "tvts/train/loop/validation.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/media/inputs/tar_maker.h"
#include "tests/support/error_text.h"
#include "tests/support/golden.h"
#include "tests/train/loop/tiny_run.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/features/text_embedder.h"
#include "tvts/features/video_embedder.h"
#include "tvts/media/clips/item_list.h"
#include "tvts/model/pretrained/load_model.h"
#include "tvts/train/loop/initial_model.h"

namespace tvts::test {
namespace {

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

class ValidationTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    at::set_num_threads(1);
    set_log_level(LogLevel::kWarning);
  }

  // A run of a few steps with this validation; it leaves a model file.
  TrainConfig config(const TrainConfig::Validation& validation) const {
    TrainConfig config = data_.captions();
    config.epochs = 3;
    config.validation = validation;
    return config;
  }

  TrainConfig::Validation table() const { return {.form = "table", .list = data_ / "table.csv", .root = videos()}; }
  std::string videos() const { return data_ / "videos"; }

  // A shard of the six videos and these other members.
  std::string shard(Members members = {}) const {
    for (int i = 0; i < TinyRun::kVideos; ++i) {
      const std::string key = "v" + std::to_string(i);
      members.emplace_back(key + ".mp4", read_text(videos() + "/data/" + key + ".mp4"));
    }
    std::ranges::sort(members);
    return data_.folder().add("0.tar", make_tar(members));
  }

  // With the model as the run's end has it.
  static Validation::Features of_run(const TrainConfig& config, const std::string& model) {
    TrainConfig from_end = config;
    from_end.start = model;
    from_end.temporal_start = "keep";
    const InitialModel end = initial_model(from_end, TVTS_VOCABULARY);
    const Validation validation(config, end.spec, end.tokenizer, {});
    return validation.features(end.model);
  }

  TinyRun data_;
};

// What `tvts embed PATH... --pretrained MODEL` gives.
struct Embedded {
  at::Tensor videos, texts;
};
Embedded embedded(const std::string& path, const std::vector<std::string>& inputs, const InputOptions& rules,
                  const std::vector<std::string>& texts) {
  PretrainedModel model = load_model(path, {.vocabulary_path = TVTS_VOCABULARY});
  const EmbedOptions options = embed_options(model.spec);
  const ItemList items(inputs, rules, "");
  std::vector<std::size_t> wanted(items.ids().size());
  for (std::size_t i = 0; i < wanted.size(); ++i) wanted[i] = i;
  VideoEmbedder embedder(model.model, options, items.feed(wanted), {});
  std::vector<at::Tensor> rows;
  for (auto group = embedder.next_group(); !group.empty(); group = embedder.next_group()) {
    for (const EmbeddedItem& item : group) rows.push_back(at::tensor(item.result.rows.at(0).embedding));
  }
  return {.videos = at::stack(rows), .texts = embed_texts(model.model, model.tokenizer, texts, true, 1)};
}

void expect_near(const at::Tensor& found, const at::Tensor& expected) {
  ASSERT_EQ(found.sizes(), expected.sizes());
  EXPECT_LT((found - expected).abs().max().item<double>(), 1e-5);
}

const std::vector<std::string> kCaptions = {"red stripes",  "green stripes",  "blue stripes",
                                            "wide stripes", "narrow stripes", "still stripes"};

TEST_F(ValidationTest, FeaturesAreThoseOfEmbedWithTheWrittenFile) {
  for (const char* preprocess : {"tvtsv2-eval", "clip", "tvtsv2-extract"}) {
    TrainConfig config = this->config(table());
    config.output += preprocess;
    config.preprocess = preprocess;
    const std::string model = run_alone(config);
    const auto found = of_run(config, model);
    const Embedded expected = embedded(model, {videos() + "/data"}, {}, kCaptions);
    expect_near(found.videos, expected.videos);
    expect_near(found.texts, expected.texts);
    const at::Tensor matched = (expected.videos * expected.texts).sum(1).mean();
    EXPECT_NEAR(log_of(config).back()["guard"]["mms"].get<double>(), matched.item<double>(), 1e-5) << preprocess;
  }
}

// One data set in every form, trained and validated on, of both stages and with each way of sorting.
TEST_F(ValidationTest, EveryFormIsTrainedOnAndValidatedOn) {
  Members members;
  std::string tsv, csv = "videoid,name,page_dir\n";
  for (std::size_t i = 0; i < kCaptions.size(); ++i) {
    const std::string key = "v" + std::to_string(i);
    members.emplace_back(key + ".txt", kCaptions[i]);
    members.emplace_back(key + ".json", read_text(videos() + "/annotations/" + key + ".json"));
    tsv += kCaptions[i] + "\tdata/" + key + "\n";
    csv += key + "," + kCaptions[i] + ",data\n";
  }
  const CorpusConfig table = data_.captions().corpora[0];
  CorpusConfig webvid = table, webvid_csv = table, narrated = table, shards = table;
  webvid.form = "webvid", webvid.list = data_.folder().add("w.tsv", tsv);
  webvid_csv.form = "webvid-csv", webvid_csv.list = data_.folder().add("w.csv", csv);
  narrated.form = "yt-temporal", narrated.list = data_ / "list.tsv";
  shards.form = "shards", shards.list = shard(members), shards.root = "";
  std::vector<CorpusConfig> corpora = {table, webvid, webvid_csv, narrated, shards};
  for (CorpusConfig corpus : {narrated, shards}) {
    corpus.segments = 4;
    corpora.push_back(corpus);
    corpus.sorting = "transcripts";
    corpora.push_back(corpus);
  }
  for (CorpusConfig corpus : {table, shards}) {
    corpus.sorting = "clips", corpus.batch = 4;
    corpora.push_back(corpus);
  }
  for (const CorpusConfig& corpus : corpora) {
    for (const char* stage : {"video", "image-text"}) {
      if (corpus.sorting != "none" && stage == std::string("image-text")) continue;
      TrainConfig config = this->config({.form = corpus.form, .list = corpus.list, .root = corpus.root});
      config.output = data_ / "every";
      config.epochs = 1;
      config.stage = stage;
      config.freeze.text_layers = 0;
      config.corpora = {corpus};
      config.validation.segments = corpus.segments;
      validate(config, "every");
      run_alone(config);
      const std::string what =
          corpus.form + ", " + stage + ", " + corpus.sorting + " " + std::to_string(corpus.segments);
      EXPECT_GT(log_of(config)[1]["loss"], 0) << what;
      EXPECT_EQ(log_of(config)[1].contains("ts"), corpus.sorting != "none") << what;
      EXPECT_LT(std::abs(log_of(config)[0]["guard"]["mms"].get<double>()), 1) << what;
      std::filesystem::remove_all(config.output);
    }
  }
}

TEST_F(ValidationTest, WebVidAndCsvAreReadBelowTheirRoot) {
  std::string tsv, csv = "videoid,name,page_dir\n";
  for (std::size_t i = 0; i < kCaptions.size(); ++i) {
    tsv += kCaptions[i] + "\tdata/v" + std::to_string(i) + "\n";
    csv += "v" + std::to_string(i) + "," + kCaptions[i] + ",data\n";
  }
  const std::string tsv_path = data_.folder().add("w.tsv", tsv), csv_path = data_.folder().add("w.csv", csv);
  const TrainConfig first = config({.form = "webvid", .list = tsv_path, .root = videos()});
  const std::string model = run_alone(first);
  const Embedded expected = embedded(model, {videos() + "/data"}, {}, kCaptions);
  for (const TrainConfig& config : {first, this->config({.form = "webvid-csv", .list = csv_path, .root = videos()})}) {
    const auto found = of_run(config, model);
    expect_near(found.videos, expected.videos);
    expect_near(found.texts, expected.texts);
  }
}

TEST_F(ValidationTest, ShardsAreReadMemberByMemberWithTheirCaptions) {
  Members texts;
  for (std::size_t i = 0; i < kCaptions.size(); ++i) texts.emplace_back("v" + std::to_string(i) + ".txt", kCaptions[i]);
  const TrainConfig config = this->config({.form = "shards", .list = shard(texts)});
  const std::string model = run_alone(config);
  const auto found = of_run(config, model);
  const Embedded expected = embedded(model, {data_ / "0.tar"}, {}, kCaptions);
  expect_near(found.videos, expected.videos);
  expect_near(found.texts, expected.texts);
}

// TinyRun's annotations: ten words in five seconds, at 0.1, 0.6, ..., 4.6.
TEST_F(ValidationTest, ATranscriptIsOneTextAPartAndTheirMeanIsTheClips) {
  const TrainConfig config =
      this->config({.form = "yt-temporal", .list = data_ / "list.tsv", .root = videos(), .segments = 2});
  const std::string model = run_alone(config);
  const auto found = of_run(config, model);
  std::vector<std::string> halves;
  for (const char* word : {"red", "green", "blue", "wide", "narrow", "still"}) {
    for (const int first : {0, 5}) {
      std::string text;
      for (int i = first; i < first + 5; ++i) text += word + std::to_string(i) + " ";
      halves.push_back(text);
    }
  }
  PretrainedModel loaded = load_model(model, {.vocabulary_path = TVTS_VOCABULARY});
  const at::Tensor features = embed_texts(loaded.model, loaded.tokenizer, halves, /*normalize=*/false, 1);
  expect_near(found.texts, l2_normalised((features.slice(0, 0, 12, 2) + features.slice(0, 1, 12, 2)) / 2));
  expect_near(found.videos, embedded(model, {videos() + "/data"}, {}, {}).videos);
}

TEST_F(ValidationTest, SubtitlesOfShardsAreTimedByTheVideoThatTheyLieBeside) {
  Members subtitles;
  for (int i = 0; i < TinyRun::kVideos; ++i) {
    subtitles.emplace_back("v" + std::to_string(i) + ".vtt",
                           "WEBVTT\n\n00:00:00.500 --> 00:00:00.900\nearly\n\n00:00:04.000 --> 00:00:04.500\nlate\n");
  }
  const TrainConfig config = this->config({.form = "shards", .list = shard(subtitles), .segments = 2});
  const ValidationSet set = read_validation_set(config, {.num_frames = 4, .image_size = 16}, {});
  EXPECT_EQ(set.clips.size(), 6U);
  EXPECT_EQ(std::vector<std::string>(set.texts.begin(), set.texts.begin() + 2),
            (std::vector<std::string>{"early ", "late "}));
}

TEST_F(ValidationTest, PartsPicturesAndShortVideosAreMeasuredAsEmbedMeasuresThem) {
  draw_picture(videos() + "/still.png", 3);
  draw_video(videos() + "/short.mp4", 4, 2);
  const std::string list = data_.folder().add(
      "mixed.csv",
      "path,caption,start,end\ndata/v0.mp4,a part,1.5,3\nstill.png,a picture,,\nshort.mp4,two frames,,\ndata/v1.mp4,"
      "the end of it,2,\n");
  const TrainConfig config = this->config({.form = "table", .list = list, .root = videos()});
  const std::string model = run_alone(config);
  const std::string beside = data_.folder().add("videos/mixed.csv", read_text(list));
  const Embedded expected = embedded(model, {beside}, {.format = InputFormat::kCsv}, {"a part"});
  expect_near(of_run(config, model).videos, expected.videos);
}

TEST_F(ValidationTest, AModelTrainedOnMeansOfFramesStatesAndGivesThem) {
  TrainConfig config = this->config(table());
  config.objective.video_path = "mean-of-frames";
  const std::string model = run_alone(config);
  EXPECT_EQ(open_model_state(model, std::nullopt).spec.pool, Pool::kMean);
  expect_near(of_run(config, model).videos, embedded(model, {videos() + "/data"}, {}, {}).videos);
}

TEST_F(ValidationTest, WhatCannotBeReadOrIsNotSaidIsLeftOutWithAWarning) {
  const std::string list = data_.folder().add("some.csv",
                                              "path,caption\ndata/v0.mp4,red\nabsent.mp4,none\ndata/v1.mp4,\" \"\n"
                                              "data/v2.mp4,blue\n");
  log_to_stderr();
  testing::internal::CaptureStderr();
  const ValidationSet set = read_validation_set(config({.form = "table", .list = list, .root = videos()}),
                                                {.num_frames = 4, .image_size = 16}, {});
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_EQ(set.texts, (std::vector<std::string>{"red", "blue"}));
  EXPECT_EQ(count_of(log, "validation leaves a clip out"), 2U) << log;
  EXPECT_NE(log.find("absent.mp4"), std::string::npos) << log;
  EXPECT_NE(log.find("data/v1.mp4: found no text"), std::string::npos) << log;
}

TEST_F(ValidationTest, AnAnnotationThatIsNotThereLeavesItsClipOut) {
  std::filesystem::remove(videos() + "/annotations/v3.json");
  const TrainConfig config = this->config({.form = "yt-temporal", .list = data_ / "list.tsv", .root = videos()});
  EXPECT_EQ(read_validation_set(config, {.num_frames = 4, .image_size = 16}, {}).clips.size(), 5U);
}

TEST_F(ValidationTest, FewerThanTwoClipsAreRefused) {
  const std::string list = data_.folder().add("one.csv", "path,caption\ndata/v0.mp4,red\nabsent.mp4,none\n");
  const TrainConfig config = this->config({.form = "table", .list = list, .root = videos()});
  EXPECT_NE(error_text([&] {
              read_validation_set(config, {.num_frames = 4, .image_size = 16}, {});
            }).find("of 2 clips to validate on 1 can be used"),
            std::string::npos);
}

}  // namespace
}  // namespace tvts::test
