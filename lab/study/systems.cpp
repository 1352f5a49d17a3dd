#include "lab/study/systems.h"

#include "tvts/metrics/cosine.h"

namespace tvts {
namespace {

std::span<const float> values_of(const at::Tensor& features) {
  return {features.const_data_ptr<float>(), static_cast<std::size_t>(features.numel())};
}

}  // namespace

std::vector<std::string> Systems::names() const {
  if (controls_ == Controls::kNone) return {kModel};
  std::vector<std::string> names = {kModel, kFramesShuffled, kTextOnly};
  if (baseline_ != nullptr) names.push_back(kMeanOfFrames);
  return names;
}

std::vector<at::Tensor> Systems::videos(const std::vector<std::string>& paths) {
  if (controls_ == Controls::kNone) return {encode_clips(model_, paths, FrameOrders::kInOrder, options_).in_order};
  const ClipFeatures own = encode_clips(model_, paths, FrameOrders::kShuffledToo, options_);
  const at::Tensor mean = own.in_order.mean(0, /*keepdim=*/true).expand_as(own.in_order);
  std::vector<at::Tensor> features = {own.in_order, own.shuffled, mean};
  if (baseline_ != nullptr) {
    features.push_back(encode_clips(*baseline_, paths, FrameOrders::kInOrder, options_).in_order);
  }
  return features;
}

std::vector<at::Tensor> Systems::texts(const std::vector<std::string>& texts) {
  const at::Tensor own = encode_texts(model_, texts);
  if (controls_ == Controls::kNone) return {own};
  std::vector<at::Tensor> features = {own, own, own};
  if (baseline_ != nullptr) features.push_back(encode_texts(*baseline_, texts));
  return features;
}

std::vector<float> scores_of(const at::Tensor& a, const at::Tensor& b) {
  const at::Tensor rows = a.contiguous(), columns = b.contiguous();
  return cosine_similarity(values_of(rows), values_of(columns), static_cast<std::size_t>(a.size(1)));
}

}  // namespace tvts
