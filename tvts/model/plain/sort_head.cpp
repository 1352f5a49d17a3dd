#include "tvts/model/plain/sort_head.h"

#include <algorithm>

#include "tvts/model/plain/attention.h"
#include "tvts/model/plain/tensor_checks.h"

namespace tvts {
namespace {

constexpr int64_t kBlocks = 2;
constexpr double kEpsilon = 1e-6;

class Attention : public torch::nn::Module {
 public:
  Attention(int64_t width, int64_t heads)
      : heads_(heads),
        qkv_(register_module("qkv", Linear(width, 3 * width))),
        proj_(register_module("proj", Linear(width, width))) {}
  at::Tensor forward(const at::Tensor& x) {
    const Heads heads = split_heads(qkv_(x), heads_);
    return proj_(merge_heads(attention(heads.q, heads.k, heads.v)));
  }

 private:
  int64_t heads_;
  Linear qkv_, proj_;
};

class FeedForward : public torch::nn::Module {
 public:
  explicit FeedForward(int64_t width)
      : fc1_(register_module("fc1", Linear(width, 4 * width))),
        fc2_(register_module("fc2", Linear(4 * width, width))) {}
  at::Tensor forward(const at::Tensor& x) { return fc2_(activate(fc1_(x), Activation::kGelu)); }

 private:
  Linear fc1_, fc2_;
};

}  // namespace

class SortHeadImpl::Block : public torch::nn::Module {
 public:
  explicit Block(int64_t width)
      : norm1_(register_module("norm1", LayerNorm(width, kEpsilon))),
        norm2_(register_module("norm2", LayerNorm(width, kEpsilon))),
        attn_(register_module("attn", std::make_shared<Attention>(width, std::max<int64_t>(1, width / 64)))),
        mlp_(register_module("mlp", std::make_shared<FeedForward>(width))) {}
  at::Tensor forward(const at::Tensor& x) {
    const at::Tensor y = x + attn_->forward(norm1_(x));
    return y + mlp_->forward(norm2_(y));
  }

 private:
  LayerNorm norm1_, norm2_;
  std::shared_ptr<Attention> attn_;
  std::shared_ptr<FeedForward> mlp_;
};

SortHeadImpl::SortHeadImpl(int64_t embed_dim, int64_t segments)
    : embed_dim_(embed_dim),
      segments_(segments),
      type_embed_(register_parameter("type_embed", at::empty({1, 2, embed_dim}))),
      norm_(register_module("norm", LayerNorm(embed_dim, kEpsilon))),
      head_(register_module("head", Linear(embed_dim, segments))) {
  auto list = register_module("blocks", torch::nn::ModuleList());
  for (int64_t i = 0; i < kBlocks; ++i) {
    blocks_.push_back(std::make_shared<Block>(embed_dim));
    list->push_back(blocks_.back());
  }
}

at::Tensor SortHeadImpl::forward(const at::Tensor& video_tokens, const at::Tensor& text_features) {
  check_shape("sort head: video tokens", video_tokens, {kAnySize, kAnySize, embed_dim_});
  check_shape("sort head: text features", text_features, {video_tokens.size(0), segments_, embed_dim_});
  const at::Tensor video_type = type_embed_.select(1, 0), text_type = type_embed_.select(1, 1);
  at::Tensor x = at::cat({video_tokens + video_type, text_features + text_type}, 1);
  for (const auto& block : blocks_) x = block->forward(x);
  return head_(norm_(x.narrow(1, video_tokens.size(1), segments_)));
}

}  // namespace tvts
