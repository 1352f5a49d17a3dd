#include "tvts/media/video/stored_orientation.h"

#include <cstring>
#include <string_view>

#include "tvts/media/video/avif_orientation.h"
#include "tvts/media/video/exif.h"

namespace tvts {
namespace {

// A file with more parts than this before the one that is looked for is not a picture that anybody made.
constexpr int kMostChunks = 10'000;

// The orientation in the part of a PNG (length, name, content, checksum) that holds EXIF.
Orientation png_orientation(const FilePart& file) {
  int64_t at = 8;  // the signature
  for (int i = 0; i < kMostChunks; ++i) {
    const auto header = file.read<8>(at);
    if (!header) break;
    const int64_t size = read_number(*header, 0, 4, ByteOrder::kBigEndian);
    if (name_at(*header, 4) == "eXIf") return exif_orientation(file.part(at + 8, size));
    at += 8 + size + 4;
  }
  return {};
}

// Of a WebP (name, length, content, padded to an even length).
Orientation webp_orientation(const FilePart& file) {
  int64_t at = 12;  // RIFF, length, WEBP
  for (int i = 0; i < kMostChunks; ++i) {
    const auto header = file.read<8>(at);
    if (!header) break;
    const int64_t size = read_number(*header, 4, 4, ByteOrder::kLittleEndian);
    if (name_at(*header, 0) == "EXIF") return exif_orientation(file.part(at + 8, size));
    at += 8 + size + size % 2;
  }
  return {};
}

Orientation orientation_in(const FilePart& file, std::string_view format) {
  if (format == "png_pipe") return png_orientation(file);
  if (format == "webp_pipe") return webp_orientation(file);
  if (format == "tiff_pipe") return exif_orientation(file);
  if (format.starts_with("mov")) return avif_orientation(file);
  return {};
}

}  // namespace

Orientation stored_orientation(AVIOContext& input, const AVInputFormat& format) {
  const Orientation orientation = orientation_in(FilePart(input), format.name);
  avio_seek(&input, 0, SEEK_SET);
  return orientation;
}

}  // namespace tvts
