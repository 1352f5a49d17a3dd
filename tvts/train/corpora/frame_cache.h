// Decoded and resized frames, kept on disk between epochs: one file a video, all of its frames, not cropped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tvts/core/input_file.h"
#include "tvts/media/video/read_frames.h"

namespace tvts {

// Of one video: where its frames are, if they are kept at all.
class CachedFrames {
 public:
  // False: the video is known not to be worth keeping (too large, or with other frames than its packets announce).
  bool kept() const { return count_ > 0; }
  const FrameTimes& times() const { return times_; }
  int64_t width() const { return width_; }
  int64_t height() const { return height_; }
  // [height, width, 3]; nothing when the bytes on disk are not those that were written.
  std::optional<std::vector<std::uint8_t>> frame(int64_t index) const;

 private:
  friend class FrameCache;
  bool parse(std::shared_ptr<const InputFile> file, const std::string& identity);

  std::shared_ptr<const InputFile> file_;
  int64_t count_ = 0, width_ = 0, height_ = 0;
  FrameTimes times_;
  std::vector<std::uint64_t> sums_;  // of each frame
  std::uint64_t pixels_begin_ = 0;   // in the file
};

// Any number of threads and processes may use one folder.
class FrameCache {
 public:
  // Makes the folder. Throws Error(kFailed) when that cannot be done.
  explicit FrameCache(std::string folder);

  // identity: all that the frames depend on (path, size, time of change, resolution).
  // Nothing when there is no whole file of this identity.
  std::optional<CachedFrames> find(const std::string& identity) const;
  // All frames of a video; none: it is not to be kept. Throws Error(kFailed) when the file cannot be written.
  void store(const std::string& identity, const VideoFrames& frames) const;
  void store_not_kept(const std::string& identity) const { store(identity, {}); }

 private:
  std::string path_of(const std::string& identity) const;
  void write(const std::string& identity, const VideoFrames& frames) const;

  std::string folder_;
  mutable std::mutex mutex_;
  mutable std::set<std::string> being_written_;  // two threads that read the same video write one file
};

}  // namespace tvts
