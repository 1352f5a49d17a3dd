#include "tvts/evaluate/attention/attention_pictures.h"

#include <cmath>

#include "tvts/core/error.h"
#include "tvts/evaluate/attention/contact_sheet.h"
#include "tvts/evaluate/attention/heat_picture.h"

namespace tvts {
namespace {

// [T, rows, columns] to [0, 1]; NaN stays.
at::Tensor spread(const at::Tensor& weights) {
  const at::Tensor known = weights.masked_select(weights.isnan().logical_not());
  const at::Tensor least = known.min(), range = known.max() - least;
  return ((weights - least) / range.clamp_min(1e-12)).contiguous();
}

std::vector<RgbImage> under_heat(const std::vector<RgbImage>& frames, const at::Tensor& weights) {
  const at::Tensor heat = spread(weights);
  const std::int64_t rows = heat.size(1), columns = heat.size(2);
  std::vector<RgbImage> pictures;
  for (std::size_t frame = 0; frame < frames.size(); ++frame) {
    const float* values = heat[static_cast<std::int64_t>(frame)].const_data_ptr<float>();
    pictures.push_back(
        with_heat(frames[frame],
                  {.rows = rows, .columns = columns, .values = {values, static_cast<std::size_t>(rows * columns)}}));
  }
  return pictures;
}

}  // namespace

RgbImage picture_of(const Clip& clip, std::int64_t frame) {
  TVTS_ASSERT(frame >= 0 && frame < clip.frames);
  const std::int64_t bytes = 3 * clip.image_size * clip.image_size;
  const auto begin = clip.pixels.begin() + frame * bytes;
  return {.width = static_cast<int>(clip.image_size),
          .height = static_cast<int>(clip.image_size),
          .pixels = {begin, begin + bytes}};
}

AttentionPictures attention_pictures(const Clip& clip, const AttentionMap& map) {
  TVTS_ASSERT(clip.frames <= map.patches.size(1));
  AttentionPictures pictures;
  for (std::int64_t frame = 0; frame < clip.frames; ++frame) pictures.frames.push_back(picture_of(clip, frame));
  for (std::int64_t head = 0; head < map.patches.size(0); ++head) {
    pictures.heads.push_back(under_heat(pictures.frames, map.patches[head].narrow(0, 0, clip.frames)));
  }
  return pictures;
}

RgbImage contact_sheet(const AttentionPictures& pictures) {
  std::vector<RgbImage> all = pictures.frames;
  for (const auto& head : pictures.heads) all.insert(all.end(), head.begin(), head.end());
  return sheet_of(all, static_cast<int>(pictures.frames.size()));
}

std::vector<RgbImage> side_by_side(const AttentionPictures& pictures) {
  const int columns = static_cast<int>(std::ceil(std::sqrt(static_cast<double>(1 + pictures.heads.size()))));
  std::vector<RgbImage> sheets;
  for (std::size_t frame = 0; frame < pictures.frames.size(); ++frame) {
    std::vector<RgbImage> shown = {pictures.frames[frame]};
    for (const auto& head : pictures.heads) shown.push_back(head[frame]);
    sheets.push_back(sheet_of(shown, columns));
  }
  return sheets;
}

}  // namespace tvts
