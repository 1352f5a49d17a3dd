// Measures time and memory of a training step on the CPU at the tube masks of the paper, and the share of a small
// model's run that waits for data.
//
//     bench_pretrain [MODEL [BATCH [STEPS [PRECISION [RHO...]]]]]   random clips: ViT-B-16 4 3 bf16 0 0.5 0.7
//     bench_pretrain --run CONFIG.json VOCABULARY                   a run of its own; clips/s, its log's waiting share
//
// One line a case: what, seconds a step, the process's peak megabytes. A case runs in a process of its own, since peaks
// only grow.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/bench.h"
#include "bench/training_step.h"
#include "tvts/core/error.h"
#include "tvts/core/keep_freed_memory.h"
#include "tvts/train/loop/trainer.h"

namespace tvts {
namespace {

using Clock = std::chrono::steady_clock;

struct Case {
  std::string model = "ViT-B-16";
  int64_t clips = 4, steps = 3;
  std::string precision = "bf16";
  std::vector<double> mask_ratios = {0, 0.5, 0.7};
};

double seconds_of_step(double mask_ratio, const Case& c) {
  const ModelConfig config = named_model(c.model);
  TrainingStep training(config, c.precision == "bf16");
  Clock::time_point begin;
  for (int64_t step = -1; step < c.steps; ++step) {  // the first one sets things up
    if (step == 0) begin = Clock::now();
    training.take(random_batch(config, c.clips, mask_ratio));
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  return seconds / static_cast<double>(c.steps);
}

void measure_run(const std::string& config_path, const std::string& vocabulary) {
  const TrainConfig config = read_train_config(config_path);
  Collective alone;
  ProgressOnStderr progress;
  train(config, {.vocabulary_path = vocabulary, .code_version = "bench", .progress = &progress}, alone, {});
  std::ifstream log(config.output + "/log.jsonl");
  double records = 0, rate = 0, waiting = 0;
  for (std::string line; std::getline(log, line);) {
    const auto record = nlohmann::json::parse(line);
    if (!record.contains("wait_share")) continue;
    ++records;
    rate += record["clips_per_second"].get<double>();
    waiting += record["wait_share"].get<double>();
  }
  std::printf("%s\t%.1f clips/s\t%.1f %% waiting for data\t%.0f MB\n", config_path.c_str(), rate / records,
              100 * waiting / records, peak_megabytes());
}

int run(int argc, char** argv) {
  keep_freed_memory();
  if (argc == 4 && std::string(argv[1]) == "--run") {
    measure_run(argv[2], argv[3]);
    return 0;
  }
  Case c;
  if (argc > 1) c.model = argv[1];
  if (argc > 2) c.clips = std::atoll(argv[2]);
  if (argc > 3) c.steps = std::atoll(argv[3]);
  if (argc > 4) c.precision = argv[4];
  if (argc > 5) c.mask_ratios = {};
  for (int i = 5; i < argc; ++i) c.mask_ratios.push_back(std::atof(argv[i]));
  if (c.clips < 1 || c.steps < 1 || (c.precision != "fp32" && c.precision != "bf16")) {
    fail_usage("expected a batch and a number of steps, both at least 1, and fp32 or bf16");
  }
  for (const double mask_ratio : c.mask_ratios) {
    const Measured step = in_own_process([&] { return seconds_of_step(mask_ratio, c); });
    std::printf("%s, %s, rho %.1f, batch %lld\t%.3f\t%.0f\n", c.model.c_str(), c.precision.c_str(), mask_ratio,
                static_cast<long long>(c.clips), step.seconds, step.megabytes);
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace tvts

int main(int argc, char** argv) { return tvts::main_of("bench_pretrain", tvts::run, argc, argv); }
