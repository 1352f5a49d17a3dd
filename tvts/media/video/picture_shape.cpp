#include "tvts/media/video/picture_shape.h"

extern "C" {
#include <libavutil/display.h>
}

#include <array>
#include <cmath>
#include <cstring>

#include "tvts/core/error.h"

namespace tvts {
namespace {

constexpr std::size_t kMatrixBytes = 9 * sizeof(std::int32_t);

// The frame's display matrix goes before the container's. Null: none.
const std::uint8_t* display_matrix(const AVStream& stream, const AVFrame* frame) {
  const AVFrameSideData* data = frame != nullptr ? av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX) : nullptr;
  if (data != nullptr && data->size >= kMatrixBytes) return data->data;
  std::size_t size = 0;
  const std::uint8_t* bytes = av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
  return size >= kMatrixBytes ? bytes : nullptr;
}

void set_orientation(PictureShape& shape, const std::uint8_t* matrix_bytes) {
  if (matrix_bytes == nullptr) return;
  std::array<std::int32_t, 9> matrix;
  std::memcpy(matrix.data(), matrix_bytes, kMatrixBytes);
  const double counter_clockwise = av_display_rotation_get(matrix.data());
  shape.rotation_degrees = std::isnan(counter_clockwise) ? 0 : -counter_clockwise;
  const std::optional<Orientation> orientation = orientation_of(matrix);
  if (orientation) {
    shape.orientation = *orientation;
  } else {
    shape.warnings.push_back(
        concat("a rotation by ", shape.rotation_degrees, " degrees is ignored: only multiples of 90 are applied"));
  }
}

void set_aspect(PictureShape& shape, AVRational aspect) {
  if (aspect.num <= 0 || aspect.den <= 0) return;
  const double ratio = av_q2d(aspect);
  if (ratio >= 1.0 / 16 && ratio <= 16) {
    shape.sample_aspect = aspect;
  } else {
    shape.warnings.push_back(
        concat("a sample aspect ratio of ", aspect.num, ":", aspect.den, " is ignored: only 1:16 to 16:1 are applied"));
  }
}

}  // namespace

PictureShape picture_shape(AVFormatContext& context, AVStream& stream, const AVFrame* first_frame) {
  PictureShape shape;
  shape.width = first_frame != nullptr ? first_frame->width : stream.codecpar->width;
  shape.height = first_frame != nullptr ? first_frame->height : stream.codecpar->height;
  set_orientation(shape, display_matrix(stream, first_frame));
  set_aspect(shape, av_guess_sample_aspect_ratio(&context, &stream, const_cast<AVFrame*>(first_frame)));
  return shape;
}

}  // namespace tvts
