#include "tvts/train/loop/step_cost.h"

#include "tvts/model/cpu/inference/fast_path.h"
#include "tvts/model/plain/tube_mask.h"
#include "tvts/model/runtime/device.h"
#include "tvts/train/loop/resolve.h"

namespace tvts {
namespace {

// Values that a block keeps for its backward pass, in widths a token: norms, q k v and their copies by head,
// attentions, sums, the MLP; and what its backward pass holds meanwhile. Fitted to bench_pretrain's peaks.
constexpr double kSpaceTimeBlockWidths = 36, kTextBlockWidths = 26, kSortBlockWidths = 26;
// Of a block in the fast path (tvts/model/cpu/training/fast_block.h), which needs no more.
constexpr double kFastBlockWidths = 15;
constexpr double kBlocksOfSortHead = 2;
constexpr double kBf16Share = 0.6;  // of the bytes: residual sums and norms stay in float32

// A clip or a text on its way through an encoder.
struct Pass {
  double multiply_adds = 0;  // forward
  double kept_values = 0;    // for the backward pass, all blocks
  double block_inputs = 0;   // values: what recomputing keeps
  double layers = 1;
};

// kept: values that a block keeps of each token.
Pass encoder_pass(double multiply_adds, double layers, double tokens, double width, double kept) {
  return {.multiply_adds = multiply_adds,
          .kept_values = layers * tokens * kept,
          .block_inputs = layers * tokens * width,
          .layers = layers};
}

bool is_fast(const TrainConfig& config) {
  return takes_fast_path(device_named(config.device),
                         {.type = config.precision == "bf16" ? at::kBFloat16 : at::kFloat});
}

Pass video_pass(const ModelConfig& model, const TrainConfig& config, bool frames_alone) {
  const VideoConfig& video = model.video;
  const auto width = static_cast<double>(video.width), heads = static_cast<double>(video.heads);
  const auto layers = static_cast<double>(video.layers);
  const int64_t frames = config.stage == "image-text" ? 1 : video.num_frames;
  const int64_t patches = kept_patches(video.patches_per_frame(), config.objective.mask_ratio);
  const auto t = static_cast<double>(frames), n = static_cast<double>(patches);
  if (frames_alone) {  // without the temporal attention: three quarters of the work and of what is kept
    return encoder_pass(0.75 * t * static_cast<double>(video_multiply_adds(model, 1, patches)), layers, t * (1 + n),
                        width, 0.75 * kSpaceTimeBlockWidths * width + heads * (1 + n));
  }
  const double kept = is_fast(config) ? kFastBlockWidths * width : kSpaceTimeBlockWidths * width + heads * (4 + n + t);
  return encoder_pass(static_cast<double>(video_multiply_adds(model, frames, patches)), layers, 1 + t * n, width, kept);
}

Pass text_pass(const ModelConfig& model) {
  const TextConfig& text = model.text;
  const auto width = static_cast<double>(text.width), tokens = static_cast<double>(text.context_length);
  return encoder_pass(static_cast<double>(text_multiply_adds(model)), static_cast<double>(text.layers), tokens, width,
                      kTextBlockWidths * width + static_cast<double>(text.heads) * tokens);
}

Pass sort_pass(const ModelConfig& model, const TrainConfig& config, int64_t segments) {
  const auto width = static_cast<double>(model.embed_dim), heads = std::max(1.0, width / 64);
  const auto patches = kept_patches(model.video.patches_per_frame(), config.objective.mask_ratio);
  const auto tokens = static_cast<double>(1 + model.video.num_frames * patches + segments);
  return {.multiply_adds = kBlocksOfSortHead * (12 * width * width * tokens + 2 * width * tokens * tokens),
          .kept_values = kBlocksOfSortHead * tokens * (kSortBlockWidths * width + heads * tokens),
          .layers = kBlocksOfSortHead};
}

// Of a forward pass: 1 for itself, 2 for the gradients of weights and inputs, 1 to compute the blocks again.
double passes(const TrainConfig& config) { return config.recompute ? 4 : 3; }

// Frozen text blocks need the gradient of their input where the embeddings below them train, and nothing else.
double text_passes(const ModelConfig& model, const TrainConfig& config) {
  const FreezeOptions freeze = freeze_options(config, model.text.layers);
  const double frozen =
      static_cast<double>(std::min(freeze.text_layers, model.text.layers)) / static_cast<double>(model.text.layers);
  const double of_frozen = freeze.text_embeddings ? 1 : passes(config) - 1;
  return frozen * of_frozen + (1 - frozen) * passes(config);
}

double kept_values(const Pass& pass, bool recompute) {
  return recompute ? pass.block_inputs + pass.kept_values / pass.layers : pass.kept_values;
}

}  // namespace

StepCost step_cost(const ModelConfig& model, const TrainConfig& config, const CorpusConfig& corpus,
                   int64_t world_size) {
  const bool frames_alone = objective_options(config).video_path == VideoPath::kMeanOfFrames;
  const Pass video = video_pass(model, config, frames_alone), text = text_pass(model);
  const auto clips = static_cast<double>(corpus.batch), segments = static_cast<double>(corpus.segments);
  const bool joins = corpus.sorting == "clips";
  const double encoded = joins ? clips + clips / static_cast<double>(kJoinedClips) : clips;
  double work = encoded * video.multiply_adds * passes(config) +
                clips * segments * text.multiply_adds * text_passes(model, config);
  double kept = encoded * kept_values(video, config.recompute) + clips * segments * kept_values(text, config.recompute);
  if (corpus.sorting != "none") {
    const Pass sort = sort_pass(model, config, joins ? kJoinedClips : corpus.segments);
    const double sorted = joins ? clips / static_cast<double>(kJoinedClips) : clips;
    work += sorted * sort.multiply_adds * 3;
    kept += sorted * sort.kept_values;
  }
  const double bytes = 4 * (config.precision == "bf16" ? kBf16Share : 1);
  return {.multiply_adds = work * static_cast<double>(config.accumulate),
          .activation_bytes = bytes * kept / static_cast<double>(world_size)};
}

}  // namespace tvts
