#include "tvts/media/video/packet_scan.h"

#include <utility>

namespace tvts {

PacketScan::PacketScan(const MediaBytes& media, const Budget& budget)
    : media_(media), budget_(budget), demuxer_(std::make_unique<Demuxer>(media, budget)) {}

const AVPacket* PacketScan::next() {
  budget_.check_stop();
  if (position_ < kept_.size()) return kept_[position_++].get();
  return whole_ ? nullptr : read();
}

const AVPacket* PacketScan::read() {
  if (!demuxer_->read(*packet_)) {
    budget_.check_stop();
    whole_ = keeping_;
    return nullptr;
  }
  if (!keeping_) return packet_.get();
  constexpr std::size_t kPacketOverhead = 256;
  kept_bytes_ += static_cast<std::size_t>(packet_->size) + kPacketOverhead;
  if (kept_bytes_ > budget_.packet_bytes()) {
    keeping_ = false;
    kept_.clear();
    position_ = 0;
    return packet_.get();
  }
  kept_.push_back(std::exchange(packet_, make_packet()));
  return kept_[position_++].get();
}

void PacketScan::rewind() {
  position_ = 0;
  if (!keeping_) demuxer_ = std::make_unique<Demuxer>(media_, budget_);
}

}  // namespace tvts
