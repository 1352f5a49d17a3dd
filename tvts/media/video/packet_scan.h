// Scans over the packets of a file's video stream, any number of times: the packets are kept in memory while they are
// few, and read from the file again otherwise. Every scan gives the same packets.
#pragma once

#include <memory>
#include <vector>

#include "tvts/media/video/demuxer.h"

namespace tvts {

class PacketScan {
 public:
  // `media` and `budget` outlive this. Throws as Demuxer does.
  PacketScan(const MediaBytes& media, const Budget& budget);

  // The next packet, null at the end (of the file, or of the time budget). Valid until the next call.
  const AVPacket* next();
  void rewind();

  // Not to be kept over a rewind().
  AVFormatContext* context() { return demuxer_->context(); }
  AVStream* stream() { return demuxer_->stream(); }
  int64_t frames_promised() { return demuxer_->frames_promised(*stream()); }
  double frame_rate() { return demuxer_->frame_rate(*stream()); }

 private:
  const AVPacket* read();

  const MediaBytes& media_;
  const Budget& budget_;
  std::unique_ptr<Demuxer> demuxer_;
  PacketPtr packet_ = make_packet();
  std::vector<PacketPtr> kept_;
  std::size_t kept_bytes_ = 0, position_ = 0;
  bool keeping_ = true, whole_ = false;  // whole_: kept_ is the whole stream
};

}  // namespace tvts
