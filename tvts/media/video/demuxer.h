// An open container and its one video stream.
#pragma once

#include <optional>
#include <vector>

#include "tvts/media/video/joined_times.h"
#include "tvts/media/video/media_input.h"
#include "tvts/media/video/orientation.h"

namespace tvts {

class Demuxer {
 public:
  // Chooses the stream that the ffmpeg program would: most pixels, the default one first; a cover picture is not video.
  // Throws Error(kInput): not a container of video we read (playlists are not), no video stream, damaged header.
  Demuxer(const MediaBytes& media, const Budget& budget);

  // The next packet of the video stream, false at the end of what can be read. Times are those of one time line, also
  // where streams were joined.
  bool read(AVPacket& packet);

  AVFormatContext* context() { return context_.get(); }
  AVStream* stream() { return context_->streams[stream_]; }

  // By the container's header or index; 0: it does not say. An AVI's empty chunks, each of which shows the picture
  // before it for longer, are not counted.
  int64_t frames_promised(const AVStream& stream) const;
  // Frames a second, on average; 0: not known.
  double frame_rate(const AVStream& stream) const;

 private:
  void open(const MediaBytes& media, const Budget& budget);
  void choose_stream(const std::string& path);
  void state_orientation();

  MediaInput input_;
  FormatContextPtr context_;
  std::vector<int64_t> index_entries_;  // of each stream, as the file has them
  Orientation orientation_;             // that the file states besides what FFmpeg reads
  unsigned stream_ = 0;
  std::optional<JoinedTimes> joined_times_;
};

// True if files of this format are single pictures.
bool is_still_image(const AVInputFormat& format);

// True if a frame is one of equal slots, shown until the next slot that is not empty.
bool has_slots(const AVInputFormat& format);

// The stream that carries the video; -1: none.
int best_video_stream(const AVFormatContext& context);

}  // namespace tvts
