#include "tvts/model/plain/text_encoder.h"

#include <limits>

#include "tvts/model/plain/attention.h"
#include "tvts/model/plain/recompute.h"
#include "tvts/model/plain/token_ids.h"

namespace tvts {
namespace {

// 0 where a position may look, minus infinity at the positions after it: [L, L].
at::Tensor causal_mask(int64_t length, at::Device device) {
  const at::Tensor blocked = at::full({length, length}, -std::numeric_limits<float>::infinity(), device);
  return blocked.triu(1);
}

}  // namespace

TextBlockImpl::AttentionImpl::AttentionImpl(int64_t width, int64_t heads)
    : heads_(heads),
      in_proj_weight_(register_parameter("in_proj_weight", at::empty({3 * width, width}))),
      in_proj_bias_(register_parameter("in_proj_bias", at::empty({3 * width}))),
      out_proj_(register_module("out_proj", Linear(width, width))) {}

at::Tensor TextBlockImpl::AttentionImpl::forward(const at::Tensor& x, const at::Tensor& mask) {
  const at::Tensor qkv = at::linear(x.to(in_proj_weight_.scalar_type()), in_proj_weight_, in_proj_bias_);
  const Heads heads = split_heads(qkv, heads_);
  return out_proj_(merge_heads(attention(heads.q, heads.k, heads.v, mask)));
}

TextBlockImpl::TextBlockImpl(int64_t width, int64_t heads, Activation activation)
    : ln_1_(register_module("ln_1", LayerNorm(width))),
      ln_2_(register_module("ln_2", LayerNorm(width))),
      attn_(register_module("attn", std::make_shared<AttentionImpl>(width, heads))),
      mlp_(register_module("mlp", Mlp(width, activation))) {}

at::Tensor TextBlockImpl::forward(const at::Tensor& x, const at::Tensor& mask) {
  const at::Tensor y = x + attn_->forward(ln_1_(x), mask);
  return y + mlp_(ln_2_(y));
}

class TextEncoderImpl::TokenEmbedding : public torch::nn::Module {
 public:
  TokenEmbedding(int64_t vocab_size, int64_t width)
      : weight(register_parameter("weight", at::empty({vocab_size, width}))) {}
  at::Tensor weight;  // [vocab_size, D]
};

TextEncoderImpl::TextEncoderImpl(const ModelConfig& config)
    : config_(config.text),
      token_embedding_(
          register_module("text_token_embedding", std::make_shared<TokenEmbedding>(config_.vocab_size, config_.width))),
      positional_embedding_(
          register_parameter("text_positional_embedding", at::empty({config_.context_length, config_.width}))),
      projection_(register_parameter("text_projection", at::empty({config_.width, config.embed_dim}))),
      transformer_(register_module("text_model", std::make_shared<TransformerImpl<TextBlock>>(
                                                     config_.layers, config_.width, config_.heads, config.activation))),
      ln_final_(register_module("text_ln_final", LayerNorm(config_.width))) {}

at::Tensor TextEncoderImpl::hidden(const at::Tensor& ids) {
  check_token_ids(ids, config_);
  const int64_t length = ids.size(1);
  at::Tensor x = at::embedding(token_embedding_->weight, ids) + positional_embedding_.narrow(0, 0, length);
  const at::Tensor mask = causal_mask(length, x.device());
  for (TextBlock& block : transformer_->resblocks) {
    auto through_block = [block, mask](const at::Tensor& y) mutable { return block(y, mask); };
    x = recompute_ ? recomputed(through_block, x, block->parameters()) : through_block(x);
  }
  return ln_final_(x);
}

at::Tensor TextEncoderImpl::output(const at::Tensor& hidden, const at::Tensor& ids) {
  const at::Tensor end = ends_of_texts(ids);
  const at::Tensor rows = at::arange(hidden.size(0), end.options());
  return project(hidden.index({rows, end}), projection_);
}

at::Tensor TextEncoderImpl::forward(const at::Tensor& ids) { return output(hidden(ids), ids); }

}  // namespace tvts
