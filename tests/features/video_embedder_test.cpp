#include "tvts/features/video_embedder.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <thread>

#include "tests/features/drawn_video.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_model.h"
#include "tvts/core/error.h"
#include "tvts/media/video/normalise.h"
#include "tvts/media/video/read_clips.h"

namespace tvts {
namespace {

using test::draw_picture;
using test::draw_video;
using test::tiny_config;

InferenceModel tiny(ModelKind kind = ModelKind::kB) { return {test::tiny_model(kind), "cpu", Precision::kFp32}; }

EmbedOptions options_for(const ModelConfig& config) {
  EmbedOptions options;
  options.clips.num_frames = config.video.num_frames;
  options.clips.image_size = config.video.image_size;
  return options;
}

MediaFeed feed_of(const std::vector<std::string>& paths) {
  std::vector<MediaItem> items;
  for (const std::string& path : paths) items.emplace_back().path = path;
  return tvts::feed_of(std::move(items));
}

// The clips of a file as the model sees them: [clips, frames, 3, R, R].
at::Tensor pixels_of(const std::string& path, const ClipOptions& options, int64_t frames) {
  std::vector<at::Tensor> clips;
  read_clips({.path = path, .content = nullptr}, options, {}, [&](const Clip& clip) {
    clips.push_back(at::empty({frames, 3, options.image_size, options.image_size}));
    normalise(clip, options.preprocess, frames, clips.back().data_ptr<float>());
    return true;
  });
  return at::stack(clips);
}

at::Tensor rows_of(const EmbeddedItem& item) {
  std::vector<at::Tensor> rows;
  for (const EmbeddedRow& row : item.result.rows) rows.push_back(at::tensor(row.embedding));
  return at::stack(rows);
}

testing::AssertionResult close(const at::Tensor& a, const at::Tensor& b, double tolerance = 1e-5) {
  if (a.sizes() != b.sizes()) return testing::AssertionFailure() << a.sizes() << " and " << b.sizes();
  const double difference = (a - b).abs().max().item<double>();
  if (difference <= tolerance) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "the largest difference is " << difference;
}

// Groups of these sizes, the last one again and again.
GroupSizes groups_of(std::size_t first, std::size_t others = 0) {
  return [=, is_first = true]() mutable { return std::exchange(is_first, false) || others == 0 ? first : others; };
}

class VideoEmbedderTest : public testing::Test {
 protected:
  std::string video(const std::string& name, int shape, int frames) {
    return draw_video(folder_ / (name + ".mp4"), shape, frames);
  }
  // All items in one group.
  std::vector<EmbeddedItem> embed(const std::vector<std::string>& paths, const EmbedOptions& options) {
    return VideoEmbedder(model_, options, feed_of(paths), {}, groups_of(paths.size())).next_group();
  }

  test::TemporaryFolder folder_;
  InferenceModel model_ = tiny();
  EmbedOptions options_ = options_for(tiny_config());
};

TEST_F(VideoEmbedderTest, ARowIsTheModelsEmbeddingOfTheClipWithLengthOne) {
  const std::string path = video("v", 0, 8);
  const at::Tensor expected = l2_normalised(model_.video_features(pixels_of(path, options_.clips, 4)).embedding);
  const auto group = embed({path}, options_);
  ASSERT_EQ(group.size(), 1U);
  EXPECT_EQ(group[0].frames, 4U);
  EXPECT_TRUE(close(rows_of(group[0]), expected));
}

TEST_F(VideoEmbedderTest, KeepsTheLengthWhenTold) {
  const std::string path = video("v", 0, 8);
  options_.normalize = false;
  const at::Tensor expected = model_.video_features(pixels_of(path, options_.clips, 4)).embedding;
  EXPECT_TRUE(close(rows_of(embed({path}, options_)[0]), expected));
}

TEST_F(VideoEmbedderTest, GroupsHoldAsManyItemsAsAskedAndFewerAtTheEnd) {
  const std::string path = video("v", 0, 2);
  VideoEmbedder embedder(model_, options_, feed_of({path, path, path}), {}, groups_of(2));
  EXPECT_EQ(embedder.next_group().size(), 2U);
  EXPECT_EQ(embedder.next_group().size(), 1U);
  EXPECT_EQ(embedder.next_group().size(), 0U);
  EXPECT_EQ(embedder.next_group().size(), 0U);
}

TEST_F(VideoEmbedderTest, AnItemsBytesDependOnItsGroupAlone) {
  const std::string a = video("a", 0, 9), b = video("b", 1, 9), c = video("c", 2, 9), d = video("d", 3, 9);
  options_.batch_size = 2;
  options_.clips.window = {.window_seconds = 0.375, .stride_seconds = 0.375};  // 3 clips each: an odd number in a group
  VideoEmbedder whole(model_, options_, feed_of({a, b, c, d}), {}, groups_of(1, 3));
  whole.next_group();
  const auto late = whole.next_group();
  const auto alone = embed({b, c, d}, options_);
  for (std::size_t i = 0; i < alone.size(); ++i) {
    ASSERT_EQ(alone[i].result.rows.size(), 3U);
    for (std::size_t row = 0; row < 3; ++row) {
      EXPECT_EQ(late[i].result.rows[row].embedding, alone[i].result.rows[row].embedding);
    }
  }
}

TEST_F(VideoEmbedderTest, BatchesPutEveryRowWithItsItem) {
  std::vector<std::string> paths = {video("a", 0, 9), draw_picture(folder_ / "p.png", 5), video("b", 1, 2),
                                    video("c", 2, 14)};
  options_.clips.window = {.window_seconds = 0.25, .stride_seconds = 0.25};
  const auto one = embed(paths, options_);
  options_.batch_size = 5;
  options_.workers = 3;
  const auto five = embed(paths, options_);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    EXPECT_EQ(five[i].item.path, paths[i]);
    EXPECT_TRUE(close(rows_of(five[i]), rows_of(one[i]))) << paths[i];
    for (std::size_t row = 0; row < one[i].result.rows.size(); ++row) {
      EXPECT_EQ(five[i].result.rows[row].info, one[i].result.rows[row].info);
    }
  }
}

TEST_F(VideoEmbedderTest, AStillImageIsAOneFrameVideoWithoutZeros) {
  const std::string picture = draw_picture(folder_ / "p.png", 1), path = video("v", 0, 8);
  options_.batch_size = 8;  // it may not be padded to stand beside the video either
  const auto group = embed({path, picture, path}, options_);
  const at::Tensor expected = l2_normalised(model_.video_features(pixels_of(picture, options_.clips, 1)).embedding);
  EXPECT_TRUE(close(rows_of(group[1]), expected));
  EXPECT_EQ(group[1].frames, 1U);
}

TEST_F(VideoEmbedderTest, AVideoOfFewerFramesIsFilledWithZeros) {
  const std::string path = video("v", 0, 2);
  const at::Tensor pixels = pixels_of(path, options_.clips, 4);
  ASSERT_EQ(pixels.narrow(1, 2, 2).abs().max().item<float>(), 0);
  const auto group = embed({path}, options_);
  EXPECT_EQ(group[0].frames, 2U);
  EXPECT_TRUE(close(rows_of(group[0]), l2_normalised(model_.video_features(pixels).embedding)));
  EXPECT_FALSE(group[0].result.rows[0].info.warnings.empty());
}

TEST_F(VideoEmbedderTest, MeanPoolAveragesTheFramesThatAreThere) {
  options_.pool = Pool::kMean;
  for (const int frames : {2, 8}) {
    const std::string path = video("v" + std::to_string(frames), 0, frames);
    const int64_t present = std::min(frames, 4);
    const at::Tensor images = pixels_of(path, options_.clips, present).transpose(0, 1);  // each a clip of one frame
    std::vector<at::Tensor> means;
    for (int64_t i = 0; i < present; ++i) {
      means.push_back(model_.embed_videos(images[i].unsqueeze(0), {1}, Pool::kMean));
    }
    const at::Tensor expected = l2_normalised(at::cat(means).mean(0, /*keepdim=*/true));
    EXPECT_TRUE(close(rows_of(embed({path}, options_)[0]), expected)) << frames;
  }
}

TEST_F(VideoEmbedderTest, TokensAreTheModelsAndAMeanForEachFrame) {
  options_.tokens = true;
  const std::string path = video("v", 0, 8);
  for (const ModelKind kind : {ModelKind::kB, ModelKind::kH}) {
    InferenceModel model = tiny(kind);
    const auto group = VideoEmbedder(model, options_, feed_of({path}), {}).next_group();
    ASSERT_EQ(group[0].tokens.size(), 1U);
    const at::Tensor tokens = model.video_features(pixels_of(path, options_.clips, 4)).tokens[0];
    EXPECT_TRUE(close(group[0].tokens[0].tokens, tokens));
    const int64_t patches = tiny_config().video.patches_per_frame(), first = tokens.size(0) - 4 * patches;
    for (int64_t frame = 0; frame < 4; ++frame) {
      const at::Tensor expected = tokens.narrow(0, first + frame * patches, patches).mean(0);
      EXPECT_TRUE(close(group[0].tokens[0].frames[frame], expected));
    }
  }
}

TEST_F(VideoEmbedderTest, AWindowsRowTellsItsTimesAndTheWholeVideosLength) {
  options_.clips.window = {.window_seconds = 0.5, .stride_seconds = 0.5};
  const auto group = embed({video("v", 0, 8)}, options_);
  ASSERT_EQ(group[0].result.rows.size(), 2U);
  const RowInfo& second = group[0].result.rows[1].info;
  EXPECT_NEAR(second.start, 0.5, 1e-9);
  EXPECT_NEAR(second.end, 1.0, 1e-9);
  ASSERT_EQ(second.frame_seconds.size(), 4U);
  EXPECT_GE(second.frame_seconds.front(), 0.5);
  EXPECT_NEAR(second.duration.value(), 1.0, 1e-9);
  EXPECT_NEAR(second.fps.value(), 8, 1e-9);
  EXPECT_EQ(second.frames_found, 8);
}

TEST_F(VideoEmbedderTest, AFailedItemHasAnErrorAndNoRows) {
  const std::string path = video("v", 0, 4), noise = folder_.add("noise.mp4", "no video");
  options_.batch_size = 3;
  const auto group = embed({path, noise, path}, options_);
  ASSERT_EQ(group.size(), 3U);
  EXPECT_EQ(group[1].result.status, "unreadable");
  EXPECT_NE(group[1].result.error_message.find(noise), std::string::npos);
  EXPECT_TRUE(group[1].result.rows.empty());
  for (const std::size_t good : {0, 2}) EXPECT_EQ(group[good].result.rows.size(), 1U);
}

TEST_F(VideoEmbedderTest, AStopInterrupts) {
  std::stop_source stop;
  VideoEmbedder embedder(model_, options_, feed_of(std::vector<std::string>(100, video("v", 0, 4))), stop.get_token());
  embedder.next_group();
  stop.request_stop();
  EXPECT_THROW(embedder.next_group(), Error);
}

TEST_F(VideoEmbedderTest, ReplicasSideBySideGiveTheSameRowsInTheFeedsOrder) {
  std::vector<std::string> paths = {video("a", 0, 14), draw_picture(folder_ / "p.png", 5),
                                    folder_.add("noise.mp4", "no video"), video("b", 1, 2), video("c", 2, 9)};
  options_.clips.window = {.window_seconds = 0.25, .stride_seconds = 0.25};
  const auto expected = embed(paths, options_);
  options_.workers = 2;
  for (const std::size_t replicas : {2, 5}) {
    options_.replicas = replicas;
    VideoEmbedder embedder(model_, options_, feed_of(paths), {});
    for (const EmbeddedItem& one : expected) {
      const auto group = embedder.next_group();
      ASSERT_EQ(group.size(), 1U);
      EXPECT_EQ(group[0].item.path, one.item.path);
      EXPECT_EQ(group[0].result.status, one.result.status);
      ASSERT_EQ(group[0].result.rows.size(), one.result.rows.size());
      for (std::size_t row = 0; row < one.result.rows.size(); ++row) {
        EXPECT_TRUE(close(at::tensor(group[0].result.rows[row].embedding), at::tensor(one.result.rows[row].embedding)));
      }
    }
    EXPECT_TRUE(embedder.next_group().empty());
  }
}

TEST_F(VideoEmbedderTest, LeavesTheThreadsOfOthersAsTheyWere) {
  const int before = at::get_num_threads();
  options_.replicas = 3;
  VideoEmbedder embedder(model_, options_, feed_of({video("a", 0, 4)}), {});
  embedder.next_group();
  int of_new_threads = 0;
  std::thread([&] { of_new_threads = at::get_num_threads(); }).join();
  EXPECT_EQ(at::get_num_threads(), before);
  EXPECT_EQ(of_new_threads, before);
}

TEST_F(VideoEmbedderTest, WhatTheFeedThrowsReachesTheCallerAfterTheGroupsBefore) {
  const std::string path = video("v", 0, 4);
  options_.replicas = 2;
  VideoEmbedder embedder(model_, options_,
                         [&, next = 0]() mutable -> std::optional<MediaItem> {
                           if (next++ == 2) fail_input("the list ends in noise");
                           return MediaItem{.path = path};
                         },
                         {});
  EXPECT_EQ(embedder.next_group().size(), 1U);
  EXPECT_EQ(embedder.next_group().size(), 1U);
  EXPECT_THROW(embedder.next_group(), Error);
  EXPECT_THROW(embedder.next_group(), Error);
}

TEST_F(VideoEmbedderTest, CanBeDestroyedWhileItsReplicasWork) {
  options_.replicas = 2;
  const std::string path = video("v", 0, 14);
  for (const int taken : {0, 1}) {
    VideoEmbedder embedder(model_, options_, feed_of(std::vector<std::string>(50, path)), {});
    if (taken > 0) embedder.next_group();
  }
}

TEST_F(VideoEmbedderTest, AFewGroupsAheadAreReadAndNotMore) {
  const std::string path = video("v", 0, 4);
  std::atomic<std::size_t> asked = 0;
  options_.replicas = 2;
  VideoEmbedder embedder(model_, options_,
                         [&]() -> std::optional<MediaItem> {
                           ++asked;
                           return MediaItem{.path = path};
                         },
                         {});
  for (std::size_t taken = 1; taken <= 3; ++taken) {
    embedder.next_group();
    embed(std::vector<std::string>(40, path), options_);  // meanwhile it could have read as many
    EXPECT_GT(asked, taken);
    EXPECT_LE(asked, taken + 9);
  }
}

TEST_F(VideoEmbedderTest, RowsOfADamagedModelAreTheItemsError) {
  DualEncoder model = test::tiny_model(ModelKind::kB);
  for (auto& [name, parameter] : named_parameters(model)) {
    const at::NoGradGuard no_grad;
    if (name == "video_model.ln_post.bias") parameter.fill_(std::nan(""));
  }
  const InferenceModel damaged(std::move(model), "cpu", Precision::kFp32);
  const std::string path = video("v", 0, 8);
  const auto group = VideoEmbedder(damaged, options_, feed_of({path}), {}).next_group();
  ASSERT_EQ(group.size(), 1U);
  EXPECT_EQ(group[0].result.status, "not-finite");
  EXPECT_TRUE(group[0].result.rows.empty());
  EXPECT_NE(group[0].result.error_message.find(path + ": its embedding has values that are not finite"),
            std::string::npos)
      << group[0].result.error_message;
}

}  // namespace
}  // namespace tvts
