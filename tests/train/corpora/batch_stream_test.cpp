#include "tvts/train/corpora/batch_stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <span>
#include <thread>

#include "tests/train/corpora/training_folder.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

using test::TrainingFolder;

constexpr ClipForm kForm{.num_frames = 2, .image_size = 16};

BatchOptions batches_of(int64_t size) { return {.form = kForm, .global_batch = size, .seed = 5, .workers = 2}; }

bool same(const TrainingBatch& a, const TrainingBatch& b) {
  return a.index == b.index && a.epoch == b.epoch && a.keys == b.keys && a.texts == b.texts &&
         std::ranges::equal(a.clips, b.clips, {}, &Clip::pixels, &Clip::pixels);
}

std::vector<TrainingBatch> take(const std::shared_ptr<const Corpus>& corpus, const BatchOptions& options, int count,
                                int64_t first = 0) {
  BatchStream stream(corpus, options, first, {});
  std::vector<TrainingBatch> batches;
  for (int i = 0; i < count; ++i) batches.push_back(stream.next());
  return batches;
}

std::vector<std::string> keys_of(const std::vector<TrainingBatch>& batches) {
  std::vector<std::string> keys;
  for (const TrainingBatch& batch : batches) {
    keys.insert(keys.end(), batch.keys.begin(), batch.keys.end());
  }
  return keys;
}

// Writes over some of the videos.
void spoil(const TrainingFolder& folder, std::initializer_list<int> clips) {
  for (const int i : clips) folder.folder().add("clip" + std::to_string(i) + ".mp4", "no video");
}

TEST(BatchStream, GoesThroughTheCorpusEpochAfterEpoch) {
  const TrainingFolder folder(10);
  const auto batches = take(open_corpus(folder.table()), batches_of(4), 5);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(batches[static_cast<std::size_t>(i)].index, i);
    EXPECT_EQ(batches[static_cast<std::size_t>(i)].epoch, i / 2);  // the last two samples make no batch
  }
  const auto keys = keys_of({batches[0], batches[1]});
  EXPECT_EQ(std::set<std::string>(keys.begin(), keys.end()).size(), 8U);
}

TEST(BatchStream, GivesTheSameWithAnyNumberOfWorkers) {
  const TrainingFolder folder(10);
  const auto corpus = open_corpus(folder.table());
  auto options = batches_of(4);
  const auto expected = take(corpus, options, 6);
  for (const std::size_t workers : {1U, 5U}) {
    options.workers = workers;
    EXPECT_TRUE(std::ranges::equal(take(corpus, options, 6), expected, same)) << workers;
  }
}

TEST(BatchStream, StartedInTheMiddleGoesOnAsIfNeverStopped) {
  const TrainingFolder folder(9);
  const auto corpus = open_corpus(folder.table());
  const auto whole = take(corpus, batches_of(3), 8);
  const auto rest = take(corpus, batches_of(3), 4, 4);
  EXPECT_TRUE(std::equal(rest.begin(), rest.end(), whole.begin() + 4, same));
}

TEST(BatchStream, RanksShareTheBatchesOfOne) {
  const TrainingFolder folder(10);
  const auto corpus = open_corpus(folder.table());
  const auto whole = take(corpus, batches_of(8), 3);
  for (const int64_t ranks : {2, 4}) {
    std::vector<TrainingBatch> joined(3);
    for (int64_t rank = 0; rank < ranks; ++rank) {
      auto options = batches_of(8);
      options.rank = rank, options.world_size = ranks;
      const auto parts = take(corpus, options, 3);
      for (std::size_t b = 0; b < 3; ++b) {
        EXPECT_EQ(parts[b].clips.size(), 8U / static_cast<std::size_t>(ranks));
        joined[b].index = parts[b].index, joined[b].epoch = parts[b].epoch;
        std::ranges::copy(parts[b].keys, std::back_inserter(joined[b].keys));
        std::ranges::copy(parts[b].clips, std::back_inserter(joined[b].clips));
        std::ranges::copy(parts[b].texts, std::back_inserter(joined[b].texts));
      }
    }
    EXPECT_TRUE(std::ranges::equal(joined, whole, same)) << ranks;
  }
}

TEST(BatchStream, KeepsNeighboursInOneBatch) {
  const TrainingFolder folder(12);
  auto options = batches_of(4);
  options.block = 2;
  for (const TrainingBatch& batch : take(open_corpus(folder.table()), options, 6)) {
    for (std::size_t i = 0; i < 4; i += 2) {
      const int first = std::stoi(batch.keys[i].substr(4)), second = std::stoi(batch.keys[i + 1].substr(4));
      EXPECT_EQ(second, first + 1);
      EXPECT_EQ(first % 2, 0);
    }
  }
}

TEST(BatchStream, MakesBatchesLargerThanTheCorpusOfSeveralPasses) {
  const TrainingFolder folder(3);
  auto options = batches_of(4);
  options.samples_per_epoch = 8;
  const auto batches = take(open_corpus(folder.table()), options, 2);
  EXPECT_EQ(batches[1].epoch, 0);
  EXPECT_EQ(batches[1].clips.size(), 4U);
}

TEST(BatchStream, ReplacesAndCountsBadSamplesTheSameInEveryRun) {
  const TrainingFolder folder(10);
  spoil(folder, {3, 7});
  const auto corpus = open_corpus(folder.table());
  std::vector<std::string> reasons;
  auto options = batches_of(5);
  options.max_bad_share = 0.9;
  options.on_bad = [&](const std::string& reason) { reasons.push_back(reason); };
  BatchStream stream(corpus, options, 0, {});
  std::vector<TrainingBatch> batches;
  for (int i = 0; i < 4; ++i) batches.push_back(stream.next());
  EXPECT_GE(stream.counts().replaced, 4);
  EXPECT_EQ(stream.counts().read, 20 + stream.counts().replaced);
  EXPECT_EQ(reasons.size(), 2U);  // once for each key
  for (const std::string& key : keys_of(batches)) EXPECT_TRUE(key != "clip3.mp4" && key != "clip7.mp4");
  options.on_bad = nullptr;
  options.workers = 1;
  EXPECT_TRUE(std::ranges::equal(take(corpus, options, 2, 2), std::span(batches).subspan(2), same));
}

TEST(BatchStream, StopsWhenTooManySamplesAreBad) {
  const TrainingFolder folder(10);
  spoil(folder, {1, 2});
  auto options = batches_of(10);
  options.max_bad_share = 0.1;
  BatchStream stream(open_corpus(folder.table()), options, 0, {});
  int whole_batches = 0;
  try {
    for (; whole_batches < 100; ++whole_batches) stream.next();
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInput);
    EXPECT_NE(std::string(error.what()).find("samples cannot be read, expected at most a share of 0.1; the first: "),
              std::string::npos);
  }
  EXPECT_GE(whole_batches, 7);  // not before the first 100 samples
}

TEST(BatchStream, OfNothingReadableEnds) {
  const TrainingFolder folder(2);
  spoil(folder, {0, 1});
  auto options = batches_of(1);
  options.max_bad_share = 1;
  BatchStream stream(open_corpus(folder.table()), options, 0, {});
  EXPECT_THROW(stream.next(), Error);
}

TEST(BatchStream, AStopEndsTheWaitOfConsumerAndWorkers) {
  const TrainingFolder folder(4);
  std::stop_source stop;
  BatchStream stream(open_corpus(folder.table()), batches_of(2), 0, stop.get_token());
  stream.next();
  const std::jthread stopper([&] { stop.request_stop(); });
  try {
    for (;;) stream.next();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInterrupted);
  }
}

TEST(BatchStream, IsDestroyedWithFullQueuesAndAfterAnError) {
  const TrainingFolder folder(4);
  const auto corpus = open_corpus(folder.table());
  { const BatchStream untouched(corpus, batches_of(2), 0, {}); }
  {
    auto options = batches_of(2);
    options.on_bad = [](const std::string&) { throw std::runtime_error("the consumer's own"); };
    spoil(folder, {0, 1, 2});
    BatchStream stream(corpus, options, 0, {});
    EXPECT_THROW(for (;;) stream.next(), std::runtime_error);
  }
}

TEST(BatchStream, ReadsThroughTheCacheFromManyThreads) {
  const TrainingFolder folder(3);
  const auto corpus = open_corpus(folder.table());
  auto options = batches_of(3);
  options.workers = 4;
  const auto expected = take(corpus, options, 6);
  options.cache_folder = folder / "cache";
  EXPECT_TRUE(std::ranges::equal(take(corpus, options, 6), expected, same));
  EXPECT_TRUE(std::ranges::equal(take(corpus, options, 6), expected, same));
}

TEST(BatchStream, RefusesOptionsThatMakeNoSense) {
  const TrainingFolder folder(4);
  const auto corpus = open_corpus(folder.table());
  const auto refused = [&](auto change) {
    auto options = batches_of(2);
    change(options);
    EXPECT_THROW(BatchStream(corpus, options, 0, {}), Error);
  };
  refused([](BatchOptions& options) { options.global_batch = 0; });
  refused([](BatchOptions& options) { options.global_batch = 5; });  // more than the corpus has
  refused([](BatchOptions& options) { options.rank = 1; });
  refused([](BatchOptions& options) { options.world_size = 3; });
  refused([](BatchOptions& options) { options.workers = 0; });
  refused([](BatchOptions& options) { options.block = 3; });
  refused([](BatchOptions& options) { options.max_bad_share = 2; });
  EXPECT_THROW(BatchStream(corpus, batches_of(2), -1, {}), Error);
}

}  // namespace
}  // namespace tvts
