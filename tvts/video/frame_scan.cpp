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

// A packet that holds a whole picture and comes after all that is shown before it: what follows in presentation needs
// no packet before it. (Pictures between the two in presentation, of an open group, are the exception: they come later
// and are shown earlier.)
struct KeyPacket {
  int64_t packet, pts;
};

void add_entries(ForetoldFrames& foretold, const std::vector<Stamp>& sorted, const std::vector<KeyPacket>& keys) {
  for (const Stamp& stamp : sorted) {
    if (!foretold.ticks.empty() && stamp.pts <= foretold.ticks.back()) {
      foretold.ticks.clear();
      return;
    }
    foretold.ticks.push_back(stamp.pts);
  }
  for (const KeyPacket& key : keys) {
    const auto place = std::lower_bound(foretold.ticks.begin(), foretold.ticks.end(), key.pts);
    foretold.entries.push_back({key.packet, place - foretold.ticks.begin()});
  }
}

}  // namespace

ForetoldFrames foretell_frames(PacketTape& tape, const Budget& budget) {
  ForetoldFrames foretold;
  std::vector<Stamp> stamps;
  std::vector<KeyPacket> keys;
  int64_t latest = INT64_MIN, number = -1;
  tape.rewind();
  while (const AVPacket* packet = tape.next()) {
    ++number;
    if (packet->size == 0) continue;
    if (packet->flags & AV_PKT_FLAG_DISCARD) {
      ++foretold.discarded;
      continue;
    }
    if (packet->pts == AV_NOPTS_VALUE) foretold.timed = false;
    stamps.push_back({packet->pts, packet->duration});
    if ((packet->flags & AV_PKT_FLAG_KEY) != 0 && packet->pts > latest) keys.push_back({number, packet->pts});
    latest = std::max(latest, packet->pts);
    if (stamps.size() * sizeof(Stamp) > budget.frame_bytes()) break;  // decoding will say that these were not all
  }
  if (foretold.timed) {
    std::stable_sort(stamps.begin(), stamps.end(), [](const Stamp& a, const Stamp& b) { return a.pts < b.pts; });
  }
  if (foretold.timed && foretold.discarded == 0) add_entries(foretold, stamps, keys);
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

bool decode_from(const EntryPoint& entry, const ForetoldFrames& foretold, PacketTape& tape, const std::string& path,
                 const Budget& budget, const OnFrame& on_frame) {
  tape.rewind();
  for (int64_t i = 0; i < entry.packet; ++i) tape.next();
  Decoder decoder(*tape.stream(), path, budget);
  bool as_foretold = true;
  const auto take = [&](const AVFrame& frame) {
    budget.check_stop();
    const auto place = std::lower_bound(foretold.ticks.begin(), foretold.ticks.end(), frame.best_effort_timestamp);
    as_foretold = place != foretold.ticks.end() && *place == frame.best_effort_timestamp && !budget.time_spent();
    if (!as_foretold) return false;
    const int64_t index = place - foretold.ticks.begin();
    return index < entry.frame || on_frame(frame, index);
  };
  for (bool more = true; more;) {
    const AVPacket* packet = tape.next();
    more = decoder.decode(packet, take) && packet != nullptr;
  }
  return as_foretold;
}

}  // namespace tvts
