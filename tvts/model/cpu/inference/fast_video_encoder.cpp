#include "tvts/model/cpu/inference/fast_video_encoder.h"

#include "tvts/core/error.h"
#include "tvts/model/plain/clip_shape.h"

namespace tvts {

struct FastVideoEncoder::Block {
  NormWeights ln_1, ln_2, ln_3;
  QkvLinear time_qkv, space_qkv;
  PackedLinear time_proj, space_proj;
  PackedMlp mlp;
};

// The tokens between blocks: rows as in token_attention.h, or the CLS rows alone.
struct FastVideoEncoder::Stream {
  ClipRows grid;
  at::Tensor x;        // float32 [rows, D]
  at::Tensor pending;  // what the last layer adds to x; the next LayerNorm takes the sum on its way

  at::Tensor cls() const { return x.narrow(0, x.size(0) - grid.clips, grid.clips); }
};

namespace {

// clips [B, T, 3, R, R] -> every patch's numbers in a row, in the order of the convolution's weight: [B*T*N, 3*P*P]
at::Tensor patch_rows(const at::Tensor& clips, int64_t patch, at::ScalarType type) {
  const at::Tensor patches = clips.flatten(0, 1)
                                 .unflatten(3, {-1, patch})
                                 .unflatten(2, {-1, patch})  // [B*T, 3, rows, P, columns, P]
                                 .permute({0, 2, 4, 1, 3, 5});
  at::Tensor rows = at::empty(patches.sizes(), patches.options().dtype(type));
  rows.copy_(patches);
  return rows.flatten(3, 5).flatten(0, 2);
}

at::Tensor attended(const QkvLinear& qkv, const PackedLinear& proj, const LinearInput& h, ClipRows grid,
                    AttentionAxis axis) {
  return proj(linear_input(divided_attention(qkv(h), grid, axis), proj.form()));
}

}  // namespace

FastVideoEncoder::FastVideoEncoder(const VideoEncoderImpl& plain, const ModelConfig& config, const Products& products,
                                   const OnPacked& on_packed)
    : kind_(config.kind), config_(config.video) {
  const at::InferenceMode no_gradients;
  const Weights weights(plain, products, on_packed);
  patch_embedding_ = weights.linear(weights.at("conv1.weight").flatten(1), {});
  const at::Tensor positions = weights.at("positional_embedding").to(at::kFloat);
  cls_ = weights.at("class_embedding") + positions[0];
  position_embedding_ = positions.narrow(0, 1, config_.patches_per_frame());
  times_ = weights.at("temporal_embedding").unsqueeze(1);
  proj_ = weights.at("proj").to(at::kFloat);
  ln_pre_ = weights.norm("ln_pre");
  ln_post_ = weights.norm("ln_post");
  for (int64_t i = 0; i < config_.layers; ++i) {
    const std::string name = concat("transformer.resblocks.", i, ".");
    const NormWeights ln_1 = weights.norm(name + "ln_1"), ln_2 = weights.norm(name + "ln_2"),
                      ln_3 = weights.norm(name + "ln_3");
    const auto qkv = [&](const std::string& layer, const NormWeights& norm, bool few_queries) {
      return QkvLinear(weights, weights.at(name + layer + ".qkv.weight"), weights.at(name + layer + ".qkv.bias"), norm,
                       config_.heads, few_queries);
    };
    blocks_.push_back({.ln_1 = ln_1,
                       .ln_2 = ln_2,
                       .ln_3 = ln_3,
                       .time_qkv = qkv("timeattn", ln_3, false),
                       .space_qkv = qkv("attn", ln_1, i + 1 == config_.layers),
                       .time_proj = weights.linear(name + "timeattn.proj"),
                       .space_proj = weights.linear(name + "attn.proj"),
                       .mlp = packed_mlp(weights, name + "mlp", ln_2, config.activation)});
  }
}

FastVideoEncoder::~FastVideoEncoder() = default;
FastVideoEncoder::FastVideoEncoder(FastVideoEncoder&&) noexcept = default;
FastVideoEncoder& FastVideoEncoder::operator=(FastVideoEncoder&&) noexcept = default;

// position_embedding: [1 or T, N, D], added to every patch.
FastVideoEncoder::Stream FastVideoEncoder::embed(const at::Tensor& clips, const at::Tensor& position_embedding) const {
  Stream stream = {.grid = {.clips = clips.size(0), .frames = clips.size(1), .patches = position_embedding.size(1)}};
  const at::Tensor x = at::empty({stream.grid.rows(), config_.width}, at::kFloat);
  at::Tensor patches = x.narrow(0, 0, stream.grid.patch_rows())
                           .unflatten(0, {stream.grid.clips, stream.grid.frames, stream.grid.patches});
  const InputForm& form = patch_embedding_.form();
  const LinearInput pixels = linear_input(patch_rows(clips, config_.patch_size, form.products.type), form);
  at::add_out(patches, patch_embedding_(pixels).view(patches.sizes()), position_embedding);
  x.narrow(0, stream.grid.patch_rows(), stream.grid.clips).copy_(cls_.expand({stream.grid.clips, -1}));
  stream.x = layer_norm(x, ln_pre_);
  return stream;
}

// The patches are keys and values only; from here on the stream holds the CLS rows.
void FastVideoEncoder::over_space_for_cls(const Block& block, const LinearInput& h, Stream& stream) const {
  const ClipRows grid = stream.grid;
  const TokenHeads tokens = block.space_qkv.keys_and_values(h);
  const at::Tensor q = block.space_qkv.queries(h.narrow(grid.patch_rows(), grid.clips));
  const at::Tensor out = at::empty(q.sizes(), q.options());
  attend_from_cls(q, tokens, grid, out);
  stream.x = stream.cls();
  stream.pending = block.space_proj(linear_input(out, block.space_proj.form()));
}

// SpaceTimeBlock's four lines, for all blocks.
void FastVideoEncoder::run_blocks(Stream& stream, Time time, bool with_tokens) const {
  for (const Block& block : blocks_) {
    LinearInput h;
    if (time == Time::kAttended) {
      h = add_and_norm(stream.x, stream.pending, Residual::kKeep, block.ln_3, block.time_qkv.form());
      const at::Tensor t = attended(block.time_qkv, block.time_proj, h, stream.grid, AttentionAxis::kTime);
      h = add_and_norm(stream.x, t, Residual::kLeave, block.ln_1, block.space_qkv.form());
    } else {
      h = add_and_norm(stream.x, stream.pending, Residual::kKeep, block.ln_1, block.space_qkv.form());
    }
    if (&block == &blocks_.back() && !with_tokens) {
      over_space_for_cls(block, h, stream);
    } else {
      stream.pending = attended(block.space_qkv, block.space_proj, h, stream.grid, AttentionAxis::kSpace);
    }
    stream.pending = block.mlp(add_and_norm(stream.x, stream.pending, Residual::kKeep, block.ln_2, block.mlp.form()));
  }
  stream.x += stream.pending;
}

at::Tensor FastVideoEncoder::cls_features(const Stream& stream) const {
  return at::matmul(layer_norm(stream.cls(), ln_post_), proj_);
}

at::Tensor FastVideoEncoder::token_features(const Stream& stream) const {
  const at::Tensor patches = stream.x.narrow(0, 0, stream.grid.patch_rows()).unflatten(0, {stream.grid.clips, -1});
  if (kind_ == ModelKind::kH) return at::matmul(patches, proj_);
  const at::Tensor all = at::cat({stream.cls().unsqueeze(1), patches}, 1);
  return at::matmul(layer_norm(all, ln_post_), proj_);
}

VideoFeatures FastVideoEncoder::forward(const at::Tensor& video, bool with_tokens) const {
  const at::Tensor clips = checked_clips(video, config_);
  Stream stream = embed(clips, position_embedding_ + times_.narrow(0, 0, clips.size(1)));
  run_blocks(stream, Time::kAttended, with_tokens);
  return {.embedding = cls_features(stream), .tokens = with_tokens ? token_features(stream) : at::Tensor()};
}

at::Tensor FastVideoEncoder::forward_images(const at::Tensor& images) const {
  check_images(images, config_);
  Stream stream = embed(images.unsqueeze(1), position_embedding_.unsqueeze(0));
  run_blocks(stream, Time::kAbsent, /*with_tokens=*/false);
  return cls_features(stream);
}

}  // namespace tvts
