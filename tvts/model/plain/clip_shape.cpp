#include "tvts/model/plain/clip_shape.h"

#include "tvts/core/error.h"
#include "tvts/model/plain/tensor_checks.h"

namespace tvts {

at::Tensor checked_clips(const at::Tensor& video, const VideoConfig& config) {
  const at::Tensor clips = video.dim() == 4 ? video.unsqueeze(1) : video;
  check_shape("video", clips, {kAnySize, kAnySize, 3, config.image_size, config.image_size});
  const int64_t frames = clips.size(1);
  if (frames < 1 || frames > config.num_frames) {
    fail_input("video has ", frames, " frames; this model takes 1 to ", config.num_frames);
  }
  return clips;
}

void check_images(const at::Tensor& images, const VideoConfig& config) {
  check_shape("images", images, {kAnySize, 3, config.image_size, config.image_size});
}

}  // namespace tvts
