#include "tvts/model/cpu/inference/fast_encoders.h"

#include <ATen/Version.h>

#include <optional>

#include "tvts/core/error.h"
#include "tvts/model/cpu/inference/fast_text_encoder.h"
#include "tvts/model/cpu/inference/fast_video_encoder.h"

namespace tvts {
namespace {

class FastEncoders : public Encoders {
 public:
  FastEncoders(const DualEncoder& model, const Products& products, const OnPacked& on_packed) {
    if (!model.video.is_empty()) video_.emplace(*model.video, model.config, products, on_packed);
    if (!model.text.is_empty()) text_.emplace(*model.text, model.config, products, on_packed);
  }

  VideoFeatures video(const at::Tensor& video, bool with_tokens) override {
    TVTS_ASSERT(video_);
    return video_->forward(video, with_tokens);
  }
  at::Tensor images(const at::Tensor& images) override {
    TVTS_ASSERT(video_);
    return video_->forward_images(images);
  }
  at::Tensor texts(const at::Tensor& ids) override {
    TVTS_ASSERT(text_);
    return text_->forward(ids);
  }

 private:
  std::optional<FastVideoEncoder> video_;
  std::optional<FastTextEncoder> text_;
};

}  // namespace

std::unique_ptr<Encoders> fast_encoders(const DualEncoder& model, const Products& products, const OnPacked& on_packed) {
  return std::make_unique<FastEncoders>(model, products, on_packed);
}

}  // namespace tvts
