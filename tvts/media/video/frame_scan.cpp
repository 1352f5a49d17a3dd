#include "tvts/media/video/frame_scan.h"

extern "C" {
#include <libavutil/mathematics.h>
}

#include <algorithm>
#include <vector>

#include "tvts/media/video/decoder.h"
#include "tvts/media/video/frame_clock.h"
#include "tvts/media/video/packet_parser.h"

namespace tvts {
namespace {

struct Stamp {
  int64_t pts, dts, duration;
};

// A packet that holds a whole picture and comes after all that is shown before it: what follows in presentation needs
// no packet before it. (Pictures between the two in presentation, of an open group, are the exception: they come later
// and are shown earlier.)
struct KeyPacket {
  int64_t packet, pts;
};

void add_entries(FrameIndex& frame_index, const std::vector<Stamp>& sorted, const std::vector<KeyPacket>& keys) {
  for (const Stamp& stamp : sorted) {
    if (!frame_index.ticks.empty() && stamp.pts <= frame_index.ticks.back()) {
      frame_index.ticks.clear();
      return;
    }
    frame_index.ticks.push_back(stamp.pts);
  }
  for (const KeyPacket& key : keys) {
    const auto position = std::lower_bound(frame_index.ticks.begin(), frame_index.ticks.end(), key.pts);
    frame_index.entries.push_back({key.packet, position - frame_index.ticks.begin()});
  }
}

// Times of frames by the order of their packets' decoding times, which an AVI with B-frames has alone. Nothing where
// those are missing too or do not increase.
std::vector<int64_t> slots_of(const std::vector<Stamp>& stamps, int64_t origin) {
  std::vector<int64_t> slots;
  for (const Stamp& stamp : stamps) {
    if (stamp.dts == AV_NOPTS_VALUE || (!slots.empty() && stamp.dts <= slots.back())) return {};
    slots.push_back(stamp.dts);
  }
  if (slots.empty()) return slots;
  const Stamp& first = stamps.front();
  int64_t shift = 0;
  if (first.pts != AV_NOPTS_VALUE) {
    shift = av_sat_sub64(first.pts, first.dts);
  } else if (origin != AV_NOPTS_VALUE && first.dts < origin) {
    shift = av_sat_sub64(origin, first.dts);
  }
  for (int64_t& slot : slots) slot = av_sat_add64(slot, shift);
  return slots;
}

}  // namespace

FrameIndex index_frames(PacketScan& packets, const Budget& budget) {
  FrameIndex frame_index;
  std::vector<Stamp> stamps;
  std::vector<KeyPacket> keys;
  int64_t latest = INT64_MIN, number = -1;
  packets.rewind();
  PacketParser parser(*packets.stream());
  bool whole = true;
  while (const AVPacket* packet = packets.next()) {
    ++number;
    whole = whole && parser.is_whole(*packet);
    if (packet->size == 0) continue;
    if (packet->flags & AV_PKT_FLAG_DISCARD) {
      ++frame_index.discarded;
      continue;
    }
    if (packet->pts == AV_NOPTS_VALUE) frame_index.timed = false;
    stamps.push_back({packet->pts, packet->dts, packet->duration});
    if ((packet->flags & AV_PKT_FLAG_KEY) != 0 && packet->pts > latest) keys.push_back({number, packet->pts});
    latest = std::max(latest, packet->pts);
    if (stamps.size() * sizeof(Stamp) > budget.frame_bytes()) break;  // decoding will say that these were not all
  }
  if (frame_index.timed) {
    std::stable_sort(stamps.begin(), stamps.end(), [](const Stamp& a, const Stamp& b) { return a.pts < b.pts; });
  }
  if (frame_index.timed && frame_index.discarded == 0) add_entries(frame_index, stamps, keys);
  FrameClock clock(*packets.context(), *packets.stream());
  if (!frame_index.timed) frame_index.slots = slots_of(stamps, clock.origin());
  const int64_t promised = packets.frames_promised(), found = static_cast<int64_t>(frame_index.ticks.size());
  frame_index.intact = whole && !frame_index.entries.empty() && frame_index.entries.front().frame == 0 &&
                       (promised == 0 || promised == found);
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    const int64_t tick = frame_index.slots.empty() ? stamps[i].pts : frame_index.slots[i];
    frame_index.times.seconds.push_back(clock.next(tick, stamps[i].duration));
  }
  frame_index.times.end_seconds = clock.end();
  frame_index.times.packets = number + 1;
  frame_index.timed = frame_index.timed || !frame_index.slots.empty();
  return frame_index;
}

FoundFrames decode_frames(PacketScan& packets, const std::vector<int64_t>& slots, const std::string& path,
                          const Budget& budget, const OnTimedFrame& on_frame) {
  packets.rewind();
  FoundFrames found;
  std::vector<double>& seconds = found.times.seconds;
  FrameClock clock(*packets.context(), *packets.stream());
  Decoder decoder(*packets.context(), *packets.stream(), path, budget);
  const auto take = [&](const AVFrame& frame) {
    budget.check_stop();
    int64_t tick = frame.best_effort_timestamp;
    if (!slots.empty()) tick = seconds.size() < slots.size() ? slots[seconds.size()] : AV_NOPTS_VALUE;
    const double time = clock.next(tick, frame.pkt_duration);
    seconds.push_back(time);
    found.spent = budget.time_spent() || seconds.size() * sizeof(double) > budget.frame_bytes();
    return on_frame(frame, static_cast<int64_t>(seconds.size()) - 1, time) && !found.spent;
  };
  for (bool more = true; more;) {
    const AVPacket* packet = packets.next();
    found.spent = found.spent || budget.time_spent();
    if (found.spent) break;
    more = decoder.decode(packet, take) && packet != nullptr;
  }
  found.times.end_seconds = clock.end();
  return found;
}

namespace {

// One pass over the packets for the wanted frames.
class WantedFrames {
 public:
  WantedFrames(const std::vector<int64_t>& wanted, const FrameIndex& frame_index, PacketScan& packets,
               const std::string& path, const Budget& budget, const OnFrame& on_frame)
      : wanted_(wanted),
        frame_index_(frame_index),
        packets_(packets),
        budget_(budget),
        on_frame_(on_frame),
        decoder_(*packets.context(), *packets.stream(), path, budget) {}

  std::size_t read() {
    packets_.rewind();
    while (!failed_ && taken_ < wanted_.size() && !budget_.time_spent()) {
      const EntryPoint* entry = entry_before(wanted_[taken_]);
      if (entry == nullptr) break;
      if (position_ < entry->packet) {
        decoder_.flush();
        while (position_ < entry->packet) next();
      }
      if (!read_until(wanted_[taken_])) break;
    }
    return taken_;
  }

 private:
  const EntryPoint* entry_before(int64_t frame) const {
    const auto after = std::ranges::upper_bound(frame_index_.entries, frame, {}, &EntryPoint::frame);
    return after == frame_index_.entries.begin() ? nullptr : &*(after - 1);
  }

  const AVPacket* next() {
    const AVPacket* packet = packets_.next();
    ++position_;
    return packet;
  }

  int64_t index_of(int64_t tick) const {
    const auto position = std::lower_bound(frame_index_.ticks.begin(), frame_index_.ticks.end(), tick);
    return position != frame_index_.ticks.end() && *position == tick ? position - frame_index_.ticks.begin() : -1;
  }

  bool is_wanted(int64_t index) const { return std::binary_search(wanted_.begin(), wanted_.end(), index); }

  // Decodes on until this frame has been handed out. False at the end, or when a frame is not as the index says.
  bool read_until(int64_t frame) {
    const auto take = [&](const AVFrame& found) { return check(found); };
    while (!failed_ && (taken_ == 0 || wanted_[taken_ - 1] < frame)) {
      budget_.check_stop();
      if (budget_.time_spent()) return false;
      const AVPacket* packet = next();
      const bool pass_over = packet != nullptr && !is_wanted(index_of(packet->pts));
      decoder_.decode(packet, take, pass_over ? Decoder::Picture::kPassedOver : Decoder::Picture::kWanted);
      failed_ = failed_ || messages_.errors() > 0;
      if (packet == nullptr) break;
    }
    return !failed_ && taken_ > 0 && wanted_[taken_ - 1] >= frame;
  }

  bool check(const AVFrame& found) {
    const int64_t index = index_of(found.best_effort_timestamp);
    failed_ = failed_ || index < 0 || messages_.errors() > 0 || found.decode_error_flags != 0 ||
              (taken_ < wanted_.size() && index > wanted_[taken_]);
    if (failed_ || taken_ == wanted_.size() || index < wanted_[taken_]) return !failed_;
    ++taken_;
    failed_ = !on_frame_(found, index);
    return !failed_;
  }

  const std::vector<int64_t>& wanted_;
  const FrameIndex& frame_index_;
  PacketScan& packets_;
  const Budget& budget_;
  const OnFrame& on_frame_;
  Decoder decoder_;
  AvMessages messages_;
  int64_t position_ = 0;   // packets read
  std::size_t taken_ = 0;  // of the wanted
  bool failed_ = false;
};

}  // namespace

std::size_t decode_wanted(const std::vector<int64_t>& wanted, const FrameIndex& frame_index, PacketScan& packets,
                          const std::string& path, const Budget& budget, const OnFrame& on_frame) {
  return WantedFrames(wanted, frame_index, packets, path, budget, on_frame).read();
}

bool decode_from(const EntryPoint& entry, const FrameIndex& frame_index, PacketScan& packets, const std::string& path,
                 const Budget& budget, const OnFrame& on_frame) {
  packets.rewind();
  for (int64_t i = 0; i < entry.packet; ++i) packets.next();
  Decoder decoder(*packets.context(), *packets.stream(), path, budget);
  bool as_indexed = true;
  const auto take = [&](const AVFrame& frame) {
    budget.check_stop();
    const auto position =
        std::lower_bound(frame_index.ticks.begin(), frame_index.ticks.end(), frame.best_effort_timestamp);
    as_indexed =
        position != frame_index.ticks.end() && *position == frame.best_effort_timestamp && !budget.time_spent();
    if (!as_indexed) return false;
    const int64_t index = position - frame_index.ticks.begin();
    return index < entry.frame || on_frame(frame, index);
  };
  for (bool more = true; more;) {
    const AVPacket* packet = packets.next();
    more = decoder.decode(packet, take) && packet != nullptr;
  }
  return as_indexed;
}

}  // namespace tvts
