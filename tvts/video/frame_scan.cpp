#include "tvts/video/frame_scan.h"

extern "C" {
#include <libavutil/mathematics.h>
}

#include <algorithm>
#include <vector>

#include "tvts/video/decoder.h"
#include "tvts/video/frame_clock.h"
#include "tvts/video/packet_parser.h"

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

ForetoldFrames foretell_frames(PacketTape& tape, const Budget& budget) {
  ForetoldFrames foretold;
  std::vector<Stamp> stamps;
  std::vector<KeyPacket> keys;
  int64_t latest = INT64_MIN, number = -1;
  tape.rewind();
  PacketParser parser(*tape.stream());
  bool whole = true;
  while (const AVPacket* packet = tape.next()) {
    ++number;
    whole = whole && parser.is_whole(*packet);
    if (packet->size == 0) continue;
    if (packet->flags & AV_PKT_FLAG_DISCARD) {
      ++foretold.discarded;
      continue;
    }
    if (packet->pts == AV_NOPTS_VALUE) foretold.timed = false;
    stamps.push_back({packet->pts, packet->dts, packet->duration});
    if ((packet->flags & AV_PKT_FLAG_KEY) != 0 && packet->pts > latest) keys.push_back({number, packet->pts});
    latest = std::max(latest, packet->pts);
    if (stamps.size() * sizeof(Stamp) > budget.frame_bytes()) break;  // decoding will say that these were not all
  }
  if (foretold.timed) {
    std::stable_sort(stamps.begin(), stamps.end(), [](const Stamp& a, const Stamp& b) { return a.pts < b.pts; });
  }
  if (foretold.timed && foretold.discarded == 0) add_entries(foretold, stamps, keys);
  FrameClock clock(*tape.context(), *tape.stream());
  if (!foretold.timed) foretold.slots = slots_of(stamps, clock.origin());
  const int64_t promised = tape.frames_promised(), found = static_cast<int64_t>(foretold.ticks.size());
  foretold.intact =
      whole && !foretold.entries.empty() && foretold.entries.front().frame == 0 && (promised == 0 || promised == found);
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    const int64_t tick = foretold.slots.empty() ? stamps[i].pts : foretold.slots[i];
    foretold.times.seconds.push_back(clock.next(tick, stamps[i].duration));
  }
  foretold.times.end_seconds = clock.end();
  foretold.times.packets = number + 1;
  foretold.timed = foretold.timed || !foretold.slots.empty();
  return foretold;
}

FoundFrames decode_frames(PacketTape& tape, const std::vector<int64_t>& slots, const std::string& path,
                          const Budget& budget, const OnTimedFrame& on_frame) {
  tape.rewind();
  FoundFrames found;
  std::vector<double>& seconds = found.times.seconds;
  FrameClock clock(*tape.context(), *tape.stream());
  Decoder decoder(*tape.context(), *tape.stream(), path, budget);
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
    const AVPacket* packet = tape.next();
    found.spent = found.spent || budget.time_spent();
    if (found.spent) break;
    more = decoder.decode(packet, take) && packet != nullptr;
  }
  found.times.end_seconds = clock.end();
  return found;
}

namespace {

// One walk over the tape for the wanted frames.
class WantedFrames {
 public:
  WantedFrames(const std::vector<int64_t>& wanted, const ForetoldFrames& foretold, PacketTape& tape,
               const std::string& path, const Budget& budget, const OnFrame& on_frame)
      : wanted_(wanted),
        foretold_(foretold),
        tape_(tape),
        budget_(budget),
        on_frame_(on_frame),
        decoder_(*tape.context(), *tape.stream(), path, budget) {}

  std::size_t read() {
    tape_.rewind();
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
    const auto after = std::ranges::upper_bound(foretold_.entries, frame, {}, &EntryPoint::frame);
    return after == foretold_.entries.begin() ? nullptr : &*(after - 1);
  }

  const AVPacket* next() {
    const AVPacket* packet = tape_.next();
    ++position_;
    return packet;
  }

  int64_t index_of(int64_t tick) const {
    const auto place = std::lower_bound(foretold_.ticks.begin(), foretold_.ticks.end(), tick);
    return place != foretold_.ticks.end() && *place == tick ? place - foretold_.ticks.begin() : -1;
  }

  bool is_wanted(int64_t index) const { return std::binary_search(wanted_.begin(), wanted_.end(), index); }

  // Decodes on until this frame has been handed out. False at the end, or when something is not as foretold.
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
  const ForetoldFrames& foretold_;
  PacketTape& tape_;
  const Budget& budget_;
  const OnFrame& on_frame_;
  Decoder decoder_;
  AvMessages messages_;
  int64_t position_ = 0;   // of the tape: packets
  std::size_t taken_ = 0;  // of the wanted
  bool failed_ = false;
};

}  // namespace

std::size_t decode_wanted(const std::vector<int64_t>& wanted, const ForetoldFrames& foretold, PacketTape& tape,
                          const std::string& path, const Budget& budget, const OnFrame& on_frame) {
  return WantedFrames(wanted, foretold, tape, path, budget, on_frame).read();
}

bool decode_from(const EntryPoint& entry, const ForetoldFrames& foretold, PacketTape& tape, const std::string& path,
                 const Budget& budget, const OnFrame& on_frame) {
  tape.rewind();
  for (int64_t i = 0; i < entry.packet; ++i) tape.next();
  Decoder decoder(*tape.context(), *tape.stream(), path, budget);
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
