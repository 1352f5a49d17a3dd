#include "tvts/model/runtime/plain_encoders.h"

#include "tvts/core/error.h"

namespace tvts {
namespace {

class PlainEncoders : public Encoders {
 public:
  explicit PlainEncoders(const DualEncoder& model) : video_(model.video), text_(model.text) {}

  VideoFeatures video(const at::Tensor& video, bool /*with_tokens*/) override {
    TVTS_ASSERT(!video_.is_empty());
    return video_(video);
  }
  at::Tensor images(const at::Tensor& images) override {
    TVTS_ASSERT(!video_.is_empty());
    return video_->forward_images(images);
  }
  at::Tensor texts(const at::Tensor& ids) override {
    TVTS_ASSERT(!text_.is_empty());
    return text_(ids);
  }

 private:
  VideoEncoder video_;
  TextEncoder text_;
};

}  // namespace

std::unique_ptr<Encoders> plain_encoders(const DualEncoder& model) { return std::make_unique<PlainEncoders>(model); }

}  // namespace tvts
