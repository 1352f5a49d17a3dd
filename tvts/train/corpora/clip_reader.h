// One training clip: the sample's texts, and its frames resized and cropped.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <stop_token>
#include <string>

#include "tvts/core/random.h"
#include "tvts/train/corpora/batch_stream.h"
#include "tvts/train/corpora/frame_cache.h"

namespace tvts {

class ClipDraw;

class ClipReader {
 public:
  // Throws Error(kFailed) when the cache folder cannot be made.
  ClipReader(std::shared_ptr<const Corpus> corpus, const ClipForm& form, const std::string& cache_folder,
             std::size_t max_cached_clip_bytes);

  // What is drawn comes from `random` alone. Thread-safe. *warning, where it is set: what the cache could not do.
  // Throws Error(kInput) for a sample that cannot be read, Error(kInterrupted) on stop.
  TrainingSample read(int64_t sample, const RandomStream& random, std::stop_token stop,
                      std::string* warning = nullptr) const;

  // Decodes the sample's video to its end. Throws Error(kInput) when read() could not give a clip of it.
  void check_video(int64_t sample, std::stop_token stop) const;

 private:
  FrameReadOptions frame_options(const ClipDraw& draw) const;
  TrainingSample read_video(const VideoSource& source, const ClipDraw& draw, std::stop_token stop) const;
  TrainingSample read_through_cache(const VideoSource& source, const ClipDraw& draw, std::stop_token stop,
                                    std::string* warning) const;
  void store(const std::string& identity, const VideoFrames& frames, std::string* warning) const;

  std::shared_ptr<const Corpus> corpus_;
  ClipForm form_;
  std::unique_ptr<const FrameCache> cache_;  // null: none
  std::size_t max_cached_clip_bytes_;
  mutable std::atomic<bool> cache_failed_ = false;
};

// The bytes of a sample's video. Throws Error(kInput).
MediaBytes media_of(const VideoSource& source);

}  // namespace tvts
