// The frames of a file: an index made from its packets without decoding, and the decoding of all or of chosen frames.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tvts/media/video/clip_plan.h"
#include "tvts/media/video/packet_scan.h"

namespace tvts {

// A point where decoding may begin: a packet, and the first frame that can be decoded from it on.
struct EntryPoint {
  int64_t packet = 0, frame = 0;
};

// The frames as the packets announce them. Damaged and oddly cut files decode to other frames.
struct FrameIndex {
  FrameTimes times;
  bool timed = true;      // times are those of the frames, in this order
  int64_t discarded = 0;  // packets that an edit list hides
  // Of the frames in presentation order, where packets have no presentation times: the n-th frame is shown at the n-th
  // decoding time. Empty where frames have their own.
  std::vector<int64_t> slots;
  std::vector<int64_t> ticks;       // of the frames, increasing; empty where they are not unique
  std::vector<EntryPoint> entries;  // in their order; empty with ticks
  // Every packet is one picture by its headers, none is missing, and ticks are unique: a decoder that began at
  // any entry point would find the frames of this index.
  bool intact = false;
};
FrameIndex index_frames(PacketScan& packets, const Budget& budget);

struct FoundFrames {
  FrameTimes times;
  bool spent = false;  // the budget ended before the file did
};
// Decodes from the start; on_frame may return false to stop. slots: those of the index, empty for frames with times
// of their own.
using OnTimedFrame = std::function<bool(const AVFrame& frame, int64_t index, double seconds)>;
FoundFrames decode_frames(PacketScan& packets, const std::vector<int64_t>& slots, const std::string& path,
                          const Budget& budget, const OnTimedFrame& on_frame);

// Decodes from an entry point on, until on_frame returns false. The frames before the entry's, which it may lack, are
// left out. False when a frame has another timestamp than the index says, or when the budget ends.
using OnFrame = std::function<bool(const AVFrame& frame, int64_t index)>;
bool decode_from(const EntryPoint& entry, const FrameIndex& frame_index, PacketScan& packets, const std::string& path,
                 const Budget& budget, const OnFrame& on_frame);

// Decodes the wanted frames (indices, increasing) and as few others as they need: from entry point to entry point where
// that passes over frames, without pictures that no other needs. For intact files. Returns how many of the wanted were
// handed out, in order; fewer than all when on_frame returned false, the budget ended, or a decoder's error message or
// a frame that is missing or comes out of order shows that the file is not what it seemed.
std::size_t decode_wanted(const std::vector<int64_t>& wanted, const FrameIndex& frame_index, PacketScan& packets,
                          const std::string& path, const Budget& budget, const OnFrame& on_frame);

}  // namespace tvts
