// Converts RGB to an encoder's frame and encodes it to packets.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "tvts/media/video/av_ptr.h"

namespace tvts {

// The picture in the encoder's pixel format. rgb: [height, width, 3].
FramePtr frame_from_rgb(std::span<const std::uint8_t> rgb, int width, int height, AVPixelFormat format);

// Hands out the packets that are complete after this frame (null: the end). Throws Error(kFailed).
void encode_frame(AVCodecContext& encoder, const AVFrame* frame, const std::function<void(AVPacket&)>& on_packet);

}  // namespace tvts
