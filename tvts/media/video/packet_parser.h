// Parses packets with the codec's own parser, without decoding them.
#pragma once

#include "tvts/media/video/av_messages.h"
#include "tvts/media/video/av_ptr.h"

namespace tvts {

class PacketParser {
 public:
  // Where the codec has no parser, no packet is found whole.
  explicit PacketParser(const AVStream& stream);

  // True if the packet is one picture of the stream's size whose headers can be read. Damage further inside is not
  // seen.
  bool is_whole(const AVPacket& packet);

 private:
  using ParserPtr = std::unique_ptr<AVCodecParserContext, decltype(&av_parser_close)>;

  CodecContextPtr context_;
  ParserPtr parser_{nullptr, &av_parser_close};
  int width_ = 0, height_ = 0;
};

}  // namespace tvts
