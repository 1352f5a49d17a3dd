#include "tvts/media/video/packet_parser.h"

namespace tvts {

PacketParser::PacketParser(const AVStream& stream)
    : context_(av_made(avcodec_alloc_context3(nullptr))),
      parser_(av_parser_init(stream.codecpar->codec_id), &av_parser_close) {
  if (parser_ == nullptr) return;
  parser_->flags |= PARSER_FLAG_COMPLETE_FRAMES;
  if (avcodec_parameters_to_context(context_.get(), stream.codecpar) < 0) parser_.reset();
}

bool PacketParser::is_whole(const AVPacket& packet) {
  if (parser_ == nullptr || (packet.flags & AV_PKT_FLAG_CORRUPT) != 0) return false;
  AvMessages messages;
  std::uint8_t* data = nullptr;
  int size = 0;
  const int used = av_parser_parse2(parser_.get(), context_.get(), &data, &size, packet.data, packet.size, packet.pts,
                                    packet.dts, packet.pos);
  if (used != packet.size || size != packet.size || messages.errors() > 0) return false;
  if (parser_->pict_type == AV_PICTURE_TYPE_NONE || parser_->picture_structure == AV_PICTURE_STRUCTURE_TOP_FIELD ||
      parser_->picture_structure == AV_PICTURE_STRUCTURE_BOTTOM_FIELD) {
    return false;
  }
  if (width_ == 0) width_ = parser_->width, height_ = parser_->height;
  return parser_->width == width_ && parser_->height == height_;
}

}  // namespace tvts
