// The batches of a training run: an endless, shuffled, repeatable stream of clips with their texts.
//
//   EpochOrder -> slots of this rank's batches -> [worker] -+
//                                              -> [worker] -+-> next()   in the order of the slots, so many ahead
//                                              -> [worker] -+
//
// What sample i gives in epoch e depends on the seed, the corpus's name, e and i alone: not on workers, ranks or
// restarts. So a run is resumed by making the stream with the next batch as first_batch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "tvts/config/preprocess.h"
#include "tvts/media/video/clip.h"
#include "tvts/train/corpora/corpus.h"

namespace tvts {

// The form of every clip of a stream.
struct ClipForm {
  int64_t num_frames = 12;                          // T
  int64_t image_size = 224;                         // R: pixels, both sides
  Preprocess preprocess = Preprocess::kTvtsv2Eval;  // how frames are resized
  bool random_crop = true;                          // the training transform; false: the centre
};

struct TrainingSample {
  std::string key;
  Clip clip;                       // of T frames: a video of fewer repeats them
  std::vector<std::string> texts;  // [K]
};

struct TrainingBatch {
  int64_t index = 0;  // since the start of the run
  int64_t epoch = 0;
  std::vector<std::string> keys;   // [B]
  std::vector<Clip> clips;         // [B], each of T frames
  std::vector<std::string> texts;  // [B * K]: those of clip 0, of clip 1, ...
};

struct BatchOptions {
  ClipForm form;
  int64_t global_batch = 1;  // G: clips of a batch, over all ranks
  int64_t rank = 0, world_size = 1;
  std::uint64_t seed = 0;
  std::size_t workers = 1;        // threads that decode
  int64_t samples_per_epoch = 0;  // 0: all of the corpus; more than it has: it is gone through again, shuffled anew
  int64_t block = 1;              // neighbours in the list that stay together: 2 keeps twin clips in one batch
  std::string cache_folder;       // decoded and resized frames are kept here (docs/formats-data.md); empty: nowhere
  std::size_t max_cached_clip_bytes = std::size_t{64} << 20;  // a video whose frames take more is not kept
  double max_bad_share = 0.05;                                // of the samples read, after the first 100
  // Called by next() with one sentence for each key that cannot be read, and for what the cache cannot do.
  std::function<void(const std::string&)> on_bad;
};

struct StreamCounts {
  int64_t read = 0;         // samples tried, the unreadable ones included
  int64_t replaced = 0;     // unreadable: another sample took the place
  double wait_seconds = 0;  // next() waited for data
};

class BatchStream {
 public:
  // Batch b of epoch e is order_e[b * G, (b + 1) * G), the last batch that is not full left out; this rank gets the
  // slice [rank * G / W, (rank + 1) * G / W) of it: the same batches for any number of ranks.
  // Throws Error(kUsage) for options that make no sense, Error(kInput) when the corpus has less than one batch.
  BatchStream(std::shared_ptr<const Corpus> corpus, BatchOptions options, int64_t first_batch, std::stop_token stop);
  ~BatchStream();
  BatchStream(const BatchStream&) = delete;
  BatchStream& operator=(const BatchStream&) = delete;

  // Never ends. One thread calls it. Throws Error(kInput) when more samples than max_bad_share are unreadable,
  // Error(kInterrupted) on stop; after a throw there is no next batch.
  TrainingBatch next();

  StreamCounts counts() const;
  int64_t batches_per_epoch() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tvts
