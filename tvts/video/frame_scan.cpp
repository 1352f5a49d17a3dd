#include "tvts/video/frame_scan.h"

#include <algorithm>
#include <vector>

#include "tvts/video/decoder.h"
#include "tvts/video/frame_clock.h"

namespace tvts {
namespace {

struct Stamp {
  int64_t pts, duration;
};

}  // namespace

ForetoldFrames foretell_frames(PacketTape& tape, const Budget& budget) {
  ForetoldFrames foretold;
  std::vector<Stamp> stamps;
  tape.rewind();
  while (const AVPacket* packet = tape.next()) {
    if (packet->size == 0) continue;
    if (packet->flags & AV_PKT_FLAG_DISCARD) {
      ++foretold.discarded;
      continue;
    }
    if (packet->pts == AV_NOPTS_VALUE) foretold.timed = false;
    stamps.push_back({packet->pts, packet->duration});
    if (stamps.size() * sizeof(Stamp) > budget.frame_bytes()) break;  // decoding will say that these were not all
  }
  if (foretold.timed) {
    std::stable_sort(stamps.begin(), stamps.end(), [](const Stamp& a, const Stamp& b) { return a.pts < b.pts; });
  }
  FrameClock clock(*tape.context(), *tape.stream());
  for (const Stamp& stamp : stamps) foretold.times.seconds.push_back(clock.next(stamp.pts, stamp.duration));
  foretold.times.end_seconds = clock.end();
  return foretold;
}

FoundFrames decode_frames(PacketTape& tape, const std::string& path, const Budget& budget,
                          const OnTimedFrame& on_frame) {
  tape.rewind();
  FoundFrames found;
  std::vector<double>& seconds = found.times.seconds;
  FrameClock clock(*tape.context(), *tape.stream());
  Decoder decoder(*tape.stream(), path, budget);
  const auto take = [&](const AVFrame& frame) {
    budget.check_stop();
    const double time = clock.next(frame.best_effort_timestamp, frame.pkt_duration);
    seconds.push_back(time);
    found.spent = budget.time_spent() || seconds.size() * sizeof(double) > budget.frame_bytes();
    return on_frame(frame, static_cast<int64_t>(seconds.size()) - 1, time) && !found.spent;
  };
  for (bool more = true; more;) {
    const AVPacket* packet = tape.next();
    found.spent = found.spent || budget.time_spent();
    if (found.spent) break;
    more = decoder.decode(packet, take) && packet != nullptr;
  }
  found.times.end_seconds = clock.end();
  return found;
}

}  // namespace tvts
