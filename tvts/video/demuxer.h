// An open container and its one video stream.
#pragma once

#include "tvts/video/media_input.h"

namespace tvts {

class Demuxer {
 public:
  // Chooses the stream that the ffmpeg program would: most pixels, the default one first; a cover picture is not video.
  // Throws Error(kInput): not a container of video we read (playlists are not), no video stream, damaged header.
  Demuxer(const MediaBytes& media, const Budget& budget);

  // The next packet of the video stream, false at the end of what can be read.
  bool read(AVPacket& packet);

  AVFormatContext* context() { return context_.get(); }
  AVStream* stream() { return context_->streams[stream_]; }

 private:
  void open(const MediaBytes& media, const Budget& budget);
  void choose_stream(const std::string& path);

  MediaInput input_;
  FormatContextPtr context_;
  unsigned stream_ = 0;
};

// Whether files of this format are single pictures.
bool is_still_image(const AVInputFormat& format);

// The stream that carries the video; -1: none.
int best_video_stream(const AVFormatContext& context);

}  // namespace tvts
