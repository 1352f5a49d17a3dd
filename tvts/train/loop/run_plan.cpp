#include "tvts/train/loop/run_plan.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "tvts/core/error.h"
#include "tvts/model/runtime/device.h"
#include "tvts/train/corpora/check_corpus.h"
#include "tvts/train/corpora/epoch_order.h"
#include "tvts/train/loop/initial_model.h"
#include "tvts/train/loop/resolve.h"
#include "tvts/train/loop/step_cost.h"
#include "tvts/train/loop/training_data.h"

namespace tvts {
namespace {

// The corpus's samples, or 0 with a sentence in `missing`.
int64_t samples_of(const CorpusOptions& options, std::size_t workers, const std::stop_token& stop,
                   std::vector<std::string>& missing) {
  try {
    const auto corpus = open_corpus(options);
    const auto problems = check_corpus(corpus, {.workers = workers}, stop);
    if (!problems.empty()) {
      missing.push_back(concat(options.name, ": ", problems.size(), " of ", corpus->size(),
                               " samples, the first: ", problems.front().reason));
    }
    return corpus->size();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kInput) throw;
    missing.push_back(options.name + ": " + error.what());
    return 0;
  }
}

int64_t steps_of_run(const TrainConfig& config, const std::stop_token& stop, std::vector<std::string>& missing) {
  std::vector<int64_t> batches;
  for (const CorpusConfig& corpus : config.corpora) {
    const int64_t samples =
        samples_of(corpus_options(corpus), static_cast<std::size_t>(config.data.workers), stop, missing);
    const int64_t taken = epoch_length(
        {.name = corpus.name, .size = samples, .samples_per_epoch = corpus.samples_per_epoch, .block = corpus.block});
    batches.push_back(taken / corpus.batch);
    if (samples > 0 && batches.back() == 0) {
      missing.push_back(concat(corpus.name, ": ", taken, " samples are less than a batch of ", corpus.batch));
    }
  }
  const bool complete = std::all_of(batches.begin(), batches.end(), [](int64_t count) { return count > 0; });
  return complete ? steps_per_epoch(config, batches) * config.epochs : 0;
}

void count_parameters(const TrainConfig& config, const ModelConfig& sizes, RunPlan& plan) {
  DualEncoder model = make_dual_encoder(sizes);  // memory that is never touched
  const int64_t segments = sorted_segments(config, sizes.video.num_frames);
  if (segments > 0) model.sort_head = SortHead(sizes.embed_dim, segments);
  const FreezeOptions freeze = freeze_options(config, sizes.text.layers);
  for (const auto& [name, value] : named_parameters(model)) {
    (parameter_group(name, freeze).frozen ? plan.frozen_parameters : plan.trained_parameters) += value.numel();
  }
  const auto trained = static_cast<double>(plan.trained_parameters);
  plan.weight_bytes = 4 * (trained + static_cast<double>(plan.frozen_parameters));
  const int64_t parts = batch_parts(config, plan.trained_parameters);
  plan.gradient_bytes = 4 * trained * static_cast<double>(parts == 1 ? 1 : parts + 1);
  plan.moment_bytes = 8 * trained;
}

}  // namespace

RunPlan plan_run(const TrainConfig& config, int64_t world_size, std::stop_token stop) {
  RunPlan plan;
  const bool has_start = config.start.empty() || std::filesystem::exists(config.start);
  if (!has_start) plan.missing.push_back("start: " + config.start + " is not there");
  const ModelConfig model = model_sizes(config, has_start);
  count_parameters(config, model, plan);
  for (const CorpusConfig& corpus : config.corpora) {
    require_divides(corpus, world_size);
    const StepCost cost = step_cost(model, config, corpus, world_size);
    plan.multiply_adds += cost.multiply_adds / static_cast<double>(config.corpora.size());
    plan.activation_bytes = std::max(plan.activation_bytes, cost.activation_bytes);
  }
  plan.steps = steps_of_run(config, stop, plan.missing);
  if (!config.validation.list.empty()) samples_of(corpus_options(config.validation), 1, stop, plan.missing);
  return plan;
}

double matrix_product_rate(const TrainConfig& config) {
  using Clock = std::chrono::steady_clock;
  constexpr int64_t kTokens = 1024, kWidth = 768;
  constexpr double kSeconds = 0.3;
  const at::NoGradGuard no_grad;
  const at::Device device = device_named(config.device);
  const auto options = at::TensorOptions(device).dtype(config.precision == "bf16" ? at::kBFloat16 : at::kFloat);
  const at::Tensor a = at::ones({kTokens, kWidth}, options), b = at::ones({kWidth, 4 * kWidth}, options);
  at::matmul(a, b);  // the first one sets things up
  double products = 0, seconds = 0;
  for (const auto begin = Clock::now(); seconds < kSeconds; ++products) {
    at::matmul(a, b)[0][0].item<double>();  // waits for the device
    seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  }
  return products * static_cast<double>(kTokens * kWidth * 4 * kWidth) / seconds;
}

}  // namespace tvts
