#include "tvts/evaluate/attention/contact_sheet.h"

#include <algorithm>

#include "tvts/core/error.h"

namespace tvts {
namespace {

constexpr std::uint8_t kWhite = 255;

std::int64_t side(std::int64_t pictures, std::int64_t size, std::int64_t gap) {
  const std::int64_t plain = pictures * size + (pictures - 1) * gap;
  return plain + plain % 2;
}

void paste(const RgbImage& picture, RgbImage& sheet, std::int64_t left, std::int64_t top) {
  for (std::int64_t y = 0; y < picture.height; ++y) {
    const auto target = sheet.pixels.begin() + 3 * ((top + y) * sheet.width + left);
    std::copy_n(picture.at(0, y), 3 * static_cast<std::size_t>(picture.width), target);
  }
}

}  // namespace

RgbImage sheet_of(const std::vector<RgbImage>& pictures, int columns, int gap) {
  TVTS_ASSERT(!pictures.empty() && columns > 0);
  const RgbImage& first = pictures.front();
  const auto count = static_cast<std::int64_t>(pictures.size());
  const std::int64_t rows = (count + columns - 1) / columns;
  const std::int64_t width = side(columns, first.width, gap), height = side(rows, first.height, gap);
  if (width > kLargestSide || height > kLargestSide) {
    fail_usage("a sheet of ", count, " pictures would have ", width, "x", height, " pixels, expected sides of at most ",
               kLargestSide, "; show fewer heads or frames");
  }
  RgbImage sheet = {.width = static_cast<int>(width), .height = static_cast<int>(height), .pixels = {}};
  sheet.pixels.assign(static_cast<std::size_t>(3 * width * height), kWhite);
  for (std::int64_t i = 0; i < count; ++i) {
    const RgbImage& picture = pictures[static_cast<std::size_t>(i)];
    TVTS_ASSERT(picture.width == first.width && picture.height == first.height);
    paste(picture, sheet, i % columns * (first.width + gap), i / columns * (first.height + gap));
  }
  return sheet;
}

}  // namespace tvts
