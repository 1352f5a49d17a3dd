// One time line for streams that were joined end to end (HLS segments, the parts of a recording): their times begin
// anew at every join, and the ffmpeg program and players show one part after the other.
#pragma once

#include "tvts/media/video/av_ptr.h"

namespace tvts {

// The rules are those of the ffmpeg program. In formats that are made to be joined (MPEG-TS, MPEG-PS, Ogg: those with
// FFmpeg's flag AVFMT_TS_DISCONT) a step back of more than 0.1 s is a new beginning, and a gap of more than 10 s is
// closed. In others only a step back of more than 10 s is taken for a join.
class JoinedTimes {
 public:
  JoinedTimes(const AVFormatContext& context, const AVStream& stream);

  // Moves the packet's times to where it is shown. Packets come in the order of the file.
  void place(AVPacket& packet);

 private:
  bool begins_anew(int64_t dts) const;

  int64_t back_, gap_;        // ticks: the longest step back that is none, the longest gap that is left
  int64_t default_duration_;  // ticks
  int64_t offset_ = 0;
  int64_t last_ = AV_NOPTS_VALUE, next_ = AV_NOPTS_VALUE;  // the decoding time of the last packet, and where it ends
};

}  // namespace tvts
