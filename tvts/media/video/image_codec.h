// RGB pixels as the bytes of a picture file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tvts {

// rgb: [height, width, 3]. Throw Error(kFailed) when FFmpeg lacks the encoder, Error(kUsage) for sizes it cannot write.
std::vector<std::byte> encode_png(std::span<const std::uint8_t> rgb, int width, int height);
// quality: 2 (best) to 31, as mjpeg's quantiser.
std::vector<std::byte> encode_jpeg(std::span<const std::uint8_t> rgb, int width, int height, int quality = 4);

}  // namespace tvts
