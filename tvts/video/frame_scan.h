// The frames of a file: foretold from its packets, or found by decoding them all.
#pragma once

#include <functional>
#include <string>

#include "tvts/video/clip_plan.h"
#include "tvts/video/packet_tape.h"

namespace tvts {

// What the packets say, which damaged and oddly cut files do not keep.
struct ForetoldFrames {
  FrameTimes times;
  bool timed = true;      // every packet has a timestamp
  int64_t discarded = 0;  // packets that an edit list hides
};
ForetoldFrames foretell_frames(PacketTape& tape, const Budget& budget);

struct FoundFrames {
  FrameTimes times;
  bool spent = false;  // the budget ended before the file did
};
// Decodes from the start; on_frame may return false to stop.
using OnTimedFrame = std::function<bool(const AVFrame& frame, int64_t index, double seconds)>;
FoundFrames decode_frames(PacketTape& tape, const std::string& path, const Budget& budget,
                          const OnTimedFrame& on_frame);

}  // namespace tvts
