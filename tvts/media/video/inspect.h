// Describes a video file and the frames of it that would be used, for `tvts inspect`.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "tvts/media/video/clip.h"

namespace tvts {

struct StreamDescription {
  std::string kind;   // "video", "audio", "subtitle", "data", "cover picture"
  std::string codec;  // "h264"
  bool chosen = false;
  int width = 0, height = 0;           // as stored; the rest of the video fields are 0 or empty for other kinds
  std::string pixel_format;            // "yuv420p"
  double frame_rate = 0;               // frames a second, on average
  double rotation_degrees = 0;         // clockwise turn that shows the picture upright
  int aspect_num = 1, aspect_den = 1;  // of one sample
  int64_t frames_promised = 0;         // by the header; 0: it does not say
  int sample_rate = 0, channels = 0;   // audio
};

struct FrameDescription {
  int64_t index;
  double seconds;
};

struct ClipDescription {
  double start_seconds, end_seconds;
  std::vector<FrameDescription> frames;
};

struct VideoDescription {
  std::string container;         // "mov,mp4,m4a,3gp,3g2,mj2"
  double container_seconds = 0;  // the duration that the header states; 0: it does not
  std::vector<StreamDescription> streams;
  VideoReport report;
  std::vector<ClipDescription> clips;
};

// Decodes the whole file, since the frames used depend on how many there are. Throws as read_clips does.
VideoDescription inspect_video(const MediaBytes& media, const ClipOptions& options, std::stop_token stop = {});

}  // namespace tvts
