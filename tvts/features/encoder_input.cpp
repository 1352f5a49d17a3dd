#include "tvts/features/encoder_input.h"

#include <ATen/ATen.h>

#include "tvts/core/error.h"
#include "tvts/media/video/normalise.h"

namespace tvts {

at::Tensor video_tensor(std::span<const Clip> clips, Preprocess preprocess, int64_t num_frames, MissingFrames missing) {
  TVTS_ASSERT(!clips.empty());
  const int64_t size = clips.front().image_size;
  const at::Tensor video = at::empty({static_cast<int64_t>(clips.size()), num_frames, 3, size, size}, at::kFloat);
  for (std::size_t i = 0; i < clips.size(); ++i) {
    const Clip& clip = clips[i];
    TVTS_ASSERT(clip.image_size == size);
    const at::Tensor frames = video[static_cast<int64_t>(i)];
    normalise(clip, preprocess, num_frames, frames.data_ptr<float>());
    if (missing == MissingFrames::kRepeatLast) frames.slice(0, clip.frames).copy_(frames[clip.frames - 1]);
  }
  return video;
}

at::Tensor token_ids(const Tokenizer& tokenizer, std::span<const std::string> texts) {
  const int64_t length = tokenizer.context_length();
  const at::Tensor ids = at::empty({static_cast<int64_t>(texts.size()), length}, at::kInt);
  auto* row = ids.data_ptr<std::int32_t>();
  for (const std::string& text : texts) {
    tokenizer.encode(text, {row, static_cast<std::size_t>(length)});
    row += length;
  }
  return ids.to(at::kLong);
}

at::Tensor without_padding(const at::Tensor& ids) {
  const at::Tensor ends = ids.argmax(1);  // the end token has the largest id
  return ids.narrow(1, 0, 1 + ends.max().item<int64_t>()).contiguous();
}

}  // namespace tvts
