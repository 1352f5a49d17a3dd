#include "tvts/model/cpu/inference/fast_text_encoder.h"

#include "tvts/core/error.h"
#include "tvts/model/plain/token_ids.h"

namespace tvts {
namespace {

// The tokens of all texts, without what follows their ends.
struct PackedTexts {
  at::Tensor ids, positions;    // int64 [rows]: the token and its position in its text
  at::Tensor ends;              // int64 [texts]: the row of each text's last token
  std::vector<int64_t> begins;  // [texts + 1]
};

PackedTexts pack(const at::Tensor& ids) {
  const at::Tensor last = ends_of_texts(ids);
  const at::Tensor positions = at::arange(ids.size(1)).expand_as(ids);
  const at::Tensor is_kept = positions <= last.unsqueeze(1);
  const at::Tensor ends = (last + 1).cumsum(0);
  PackedTexts texts = {.ids = ids.masked_select(is_kept),
                       .positions = positions.masked_select(is_kept),
                       .ends = ends - 1,
                       .begins = {0}};
  for (int64_t i = 0; i < ends.size(0); ++i) texts.begins.push_back(ends[i].item<int64_t>());
  return texts;
}

}  // namespace

FastTextEncoder::FastTextEncoder(const TextEncoderImpl& plain, const ModelConfig& config, const Products& products,
                                 const OnPacked& on_packed)
    : config_(config.text), products_(products) {
  const at::InferenceMode no_gradients;
  const Weights weights(plain, products, on_packed);
  token_embedding_ = weights.at("text_token_embedding.weight");
  positions_ = weights.at("text_positional_embedding");
  projection_ = weights.at("text_projection").to(at::kFloat);
  ln_final_ = weights.norm("text_ln_final");
  for (int64_t i = 0; i < config_.layers; ++i) {
    const std::string name = concat("text_model.resblocks.", i, ".");
    const NormWeights ln_1 = weights.norm(name + "ln_1"), ln_2 = weights.norm(name + "ln_2");
    blocks_.push_back(
        {.ln_1 = ln_1,
         .ln_2 = ln_2,
         .qkv = QkvLinear(weights, weights.at(name + "attn.in_proj_weight"), weights.at(name + "attn.in_proj_bias"),
                          ln_1, config_.heads, i + 1 == config_.layers),
         .out_proj = weights.linear(name + "attn.out_proj"),
         .mlp = packed_mlp(weights, name + "mlp", ln_2, config.activation)});
  }
}

at::Tensor FastTextEncoder::forward(const at::Tensor& ids) const {
  check_token_ids(ids, config_);
  const PackedTexts texts = pack(ids);
  at::Tensor x =
      at::embedding(token_embedding_, texts.ids).to(at::kFloat) + positions_.index_select(0, texts.positions);
  at::Tensor pending;  // as in FastVideoEncoder
  for (const Block& block : blocks_) {
    const LinearInput h = add_and_norm(x, pending, Residual::kKeep, block.ln_1, block.qkv.form());
    at::Tensor attended;
    if (&block == &blocks_.back()) {  // from here on, of each text its last token alone
      const at::Tensor q = block.qkv.queries(h.select(texts.ends));
      attended = at::empty(q.sizes(), q.options());
      attend_from_ends(q, block.qkv.keys_and_values(h), texts.begins, attended);
      x = x.index_select(0, texts.ends);
    } else {
      attended = at::empty(x.sizes(), products_.type);
      attend_causally(block.qkv(h), texts.begins, attended);
    }
    const at::Tensor projected = block.out_proj(linear_input(attended, block.out_proj.form()));
    pending = block.mlp(add_and_norm(x, projected, Residual::kKeep, block.ln_2, block.mlp.form()));
  }
  x += pending;
  return at::matmul(layer_norm(x, ln_final_), projection_);
}

}  // namespace tvts
