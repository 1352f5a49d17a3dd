#include "tvts/media/video/normalise.h"

#include <algorithm>
#include <array>

#include "tvts/core/error.h"

namespace tvts {
namespace {

struct Normalisation {
  std::array<float, 3> mean, deviation;
};

Normalisation normalisation(Preprocess preprocess) {
  if (preprocess == Preprocess::kClip) {
    return {{0.48145466f, 0.4578275f, 0.40821073f}, {0.26862954f, 0.26130258f, 0.27577711f}};
  }
  return {{0.485f, 0.456f, 0.406f}, {0.229f, 0.224f, 0.225f}};
}

}  // namespace

void normalise(const Clip& clip, Preprocess preprocess, int64_t num_frames, float* out) {
  const int64_t plane = clip.image_size * clip.image_size;
  TVTS_ASSERT(clip.frames <= num_frames && clip.pixels.size() == static_cast<std::size_t>(clip.frames * plane * 3));
  const Normalisation rule = normalisation(preprocess);
  std::array<std::array<float, 256>, 3> table;
  for (int c = 0; c < 3; ++c) {
    for (int value = 0; value < 256; ++value) {
      table[c][value] = (static_cast<float>(value) / 255.0f - rule.mean[c]) / rule.deviation[c];
    }
  }
  const std::uint8_t* pixel = clip.pixels.data();
  for (int64_t frame = 0; frame < clip.frames; ++frame, out += 3 * plane) {
    for (int64_t i = 0; i < plane; ++i, pixel += 3) {
      for (int c = 0; c < 3; ++c) out[c * plane + i] = table[c][pixel[c]];
    }
  }
  std::fill_n(out, (num_frames - clip.frames) * 3 * plane, 0.0f);
}

}  // namespace tvts
