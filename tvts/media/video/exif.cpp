#include "tvts/media/video/exif.h"

namespace tvts {
namespace {

constexpr int64_t kOrientationTag = 0x0112, kShort = 3;
constexpr int64_t kEntryBytes = 12;  // tag 2, type 2, count 4, value or its offset 4
constexpr int64_t kMostEntries = 4096;

// "II*\0" or "MM\0*". Nothing: not TIFF.
std::optional<ByteOrder> byte_order(const std::array<std::uint8_t, 8>& header) {
  const ByteOrder order = header[0] == 'M' ? ByteOrder::kBigEndian : ByteOrder::kLittleEndian;
  const bool known = (header[0] == 'I' || header[0] == 'M') && header[1] == header[0];
  return known && read_number(header, 2, 2, order) == 42 ? std::optional(order) : std::nullopt;
}

}  // namespace

Orientation orientation_of_exif(int64_t value) {
  switch (value) {
    case 2: return {false, true, false};
    case 3: return {false, true, true};
    case 4: return {false, false, true};
    case 5: return {true, false, false};
    case 6: return {true, true, false};
    case 7: return {true, true, true};
    case 8: return {true, false, true};
    default: return {};
  }
}

Orientation exif_orientation(const FilePart& exif) {
  constexpr int64_t kMarkerBytes = 6;  // "Exif\0\0", which belongs to JPEG and which some writers put elsewhere too
  const auto begin = exif.read<4>(0);
  const bool marked = begin && name_at(*begin, 0) == "Exif";
  const FilePart tiff = exif.part(marked ? kMarkerBytes : 0, exif.size());
  const auto header = tiff.read<8>(0);
  if (!header) return {};
  const std::optional<ByteOrder> order = byte_order(*header);
  if (!order) return {};
  const int64_t directory = read_number(*header, 4, 4, *order);
  const auto count = tiff.read<2>(directory);
  if (!count) return {};
  const int64_t entries = std::min(read_number(*count, 0, 2, *order), kMostEntries);
  const std::vector<std::uint8_t> bytes =
      tiff.part(directory + 2, entries * kEntryBytes).bytes(kMostEntries * kEntryBytes);
  for (std::size_t at = 0; at + kEntryBytes <= bytes.size(); at += kEntryBytes) {
    if (read_number(bytes, at, 2, *order) != kOrientationTag) continue;
    if (read_number(bytes, at + 2, 2, *order) != kShort || read_number(bytes, at + 4, 4, *order) != 1) return {};
    return orientation_of_exif(read_number(bytes, at + 8, 2, *order));
  }
  return {};
}

}  // namespace tvts
