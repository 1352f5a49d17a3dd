#include "tvts/train/clip_tensor.h"

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/video/normalise.h"

namespace tvts {

at::Tensor clip_tensor(const std::vector<TrainingClip>& clips, int64_t image_size, Preprocess preprocess) {
  const int64_t frames = clips.front().frames;
  const at::Tensor video =
      at::empty({static_cast<int64_t>(clips.size()), frames, 3, image_size, image_size}, at::kFloat);
  for (std::size_t i = 0; i < clips.size(); ++i) {
    TVTS_ASSERT(clips[i].frames == frames);
    const Clip clip = {.pixels = clips[i].pixels, .frames = frames, .image_size = image_size};
    normalise(clip, preprocess, frames, video[static_cast<int64_t>(i)].data_ptr<float>());
  }
  return video;
}

at::Tensor text_ids(const std::vector<TrainingClip>& clips, const Tokenizer& tokenizer) {
  const int64_t length = tokenizer.context_length();
  const auto texts = static_cast<int64_t>(clips.size() * clips.front().texts.size());
  const at::Tensor ids = at::empty({texts, length}, at::kInt);
  auto* row = ids.data_ptr<std::int32_t>();
  const auto row_size = static_cast<std::size_t>(length);
  int64_t longest = 1;
  for (const TrainingClip& clip : clips) {
    TVTS_ASSERT(clip.texts.size() == clips.front().texts.size());
    for (const std::string& text : clip.texts) {
      tokenizer.encode(text, {row, row_size});
      longest = std::max(longest, 1 + std::max_element(row, row + length) - row);  // the end token has the largest id
      row += length;
    }
  }
  return ids.narrow(1, 0, longest).to(at::kLong);
}

}  // namespace tvts
