// The bytes of one file, on disk or in memory, as FFmpeg reads them. FFmpeg opens nothing itself: whatever a file
// names (a playlist's entries, a movie's external tracks, a network address) stays closed.
#pragma once

#include <memory>

#include "tvts/media/video/av_ptr.h"
#include "tvts/media/video/budget.h"
#include "tvts/media/video/clip.h"

namespace tvts {

class MediaInput {
 public:
  // Throws Error(kInput) when the path is not a readable regular file. `budget` outlives this.
  MediaInput(const MediaBytes& media, const Budget& budget);
  ~MediaInput();
  MediaInput(const MediaInput&) = delete;
  MediaInput& operator=(const MediaInput&) = delete;

  AVIOContext* context() { return context_; }

 private:
  static int read(void* self, std::uint8_t* buffer, int size);
  static int64_t seek(void* self, int64_t offset, int whence);

  const Budget& budget_;
  std::shared_ptr<const std::vector<std::byte>> content_;
  int file_ = -1;
  int64_t size_ = 0, position_ = 0;
  AVIOContext* context_ = nullptr;
};

}  // namespace tvts
