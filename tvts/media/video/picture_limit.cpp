#include "tvts/media/video/picture_limit.h"

extern "C" {
#include <libavutil/imgutils.h>
}

#include <algorithm>
#include <cmath>

#include "tvts/core/error.h"

namespace tvts {
namespace {

// Bytes of memory for each pixel.
// A decoder of video may hold 16 reference pictures and a few more, at 1.5 bytes and upwards.
constexpr double kOfVideo = 32;
// A still picture is held once as decoded, then as RGB, then as that turned upright.
constexpr double kOfConversions = 3 + 3;
// As decoded: the widest of the usual forms, four numbers of 16 bits; of JPEG 4:2:0, progressive or not.
constexpr double kOfAnyStill = 8, kOfJpeg = 5;

constexpr int kMostHalvings = 3;  // of FFmpeg's JPEG decoder

double memory(const Budget& budget) { return static_cast<double>(budget.memory_bytes()); }

double decoded_bytes_per_pixel(const AVCodecParameters& stream) {
  const int bytes = av_image_get_buffer_size(static_cast<AVPixelFormat>(stream.format), 16, 16, 1);
  const double each = bytes > 0 ? bytes / 256.0 : kOfAnyStill;
  // Coefficients of 16 bits for all pixels, however small they come out.
  const bool is_progressive =
      stream.codec_id == AV_CODEC_ID_MJPEG && stream.profile == FF_PROFILE_MJPEG_HUFFMAN_PROGRESSIVE_DCT;
  return is_progressive ? 3 * each : each;
}

}  // namespace

int64_t most_pixels(AVCodecID codec, bool still_image, const Budget& budget) {
  const double each = !still_image ? kOfVideo : codec == AV_CODEC_ID_MJPEG ? kOfJpeg : kOfAnyStill;
  return static_cast<int64_t>(memory(budget) / each);
}

PictureLimit picture_limit(const AVCodecParameters& stream, bool still_image, const Budget& budget) {
  const int64_t most = most_pixels(stream.codec_id, still_image, budget);
  if (!still_image) return {most, 0};
  const double decoded = decoded_bytes_per_pixel(stream);
  const auto whole = static_cast<int64_t>(memory(budget) / (decoded + kOfConversions));
  if (stream.codec_id != AV_CODEC_ID_MJPEG) return {std::min(most, whole), 0};
  const int64_t pixels = int64_t{stream.width} * stream.height;
  int halvings = 0;
  while (halvings < kMostHalvings && pixels >> (2 * halvings) > whole) ++halvings;
  return {most, halvings};
}

void fail_if_refused(const std::string& path, const AvMessages& messages, const Budget& budget) {
  const auto& size = messages.refused_size();
  if (!size) return;
  constexpr int64_t kMostPadding = 128;  // a decoder may round both sides up
  const double pixels =
      static_cast<double>(size->width + kMostPadding) * static_cast<double>(size->height + kMostPadding);
  const double mebibytes = std::ceil(pixels * memory(budget) / static_cast<double>(size->most_pixels) / (1 << 20));
  fail_input("video ", path, ": a picture of ", size->width, " x ", size->height, " pixels, expected at most ",
             size->most_pixels, " pixels for the memory budget of ", budget.memory_bytes() >> 20,
             " MiB; --memory-budget ", static_cast<int64_t>(mebibytes), " is enough");
}

void fail_no_frame(const std::string& path, const std::string& promised, const AvMessages& messages,
                   const Budget& budget) {
  fail_if_refused(path, messages, budget);
  fail_input("video ", path, ": not one frame can be decoded", promised,
             messages.first_error().empty() ? "" : "; the decoder says: ", messages.first_error());
}

}  // namespace tvts
