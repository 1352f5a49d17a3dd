// Draws the frames, the texts and the crop of one reading of a sample.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tvts/core/random.h"
#include "tvts/media/video/clip_plan.h"
#include "tvts/train/corpora/batch_stream.h"

namespace tvts {

// Drawn once the video's frames are known; the same at every call.
class ClipDraw {
 public:
  // Reads the sample's text. `source` outlives this. Throws what Corpus::text() throws.
  ClipDraw(const Corpus& corpus, int64_t sample, const VideoSource& source, const ClipForm& form, RandomStream random);

  // True if frames() looks at when frames are, not only at how many there are.
  bool by_time() const;
  // [T] not decreasing. Throws Error(kInput) when the stated part of the video has no frame.
  std::vector<int64_t> frames(const FrameTimes& times) const;
  // [K]
  std::vector<std::string> texts(const FrameTimes& times) const;
  // The first pixel of the crop along a side.
  int64_t crop_begin_x(int64_t width) const { return crop_begin(width, crop_x_); }
  int64_t crop_begin_y(int64_t height) const { return crop_begin(height, crop_y_); }

 private:
  int64_t whole_seconds(const FrameTimes& times) const;
  int64_t crop_begin(int64_t length, double fraction) const;

  const VideoSource& source_;
  SampleText text_;
  int64_t segments_;
  ClipForm form_;
  double crop_x_, crop_y_;  // [0, 1)
  RandomStream random_;     // of segments and frames: copied for each answer
};

}  // namespace tvts
