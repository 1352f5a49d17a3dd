#include "cli/pretrain_plan.h"

#include <algorithm>
#include <optional>

#include "cli/commands.h"
#include "cli/output.h"
#include "tvts/core/error.h"
#include "tvts/train/loop/run_plan.h"

namespace tvts::cli {
namespace {

constexpr double kMegabyte = 1e6, kGiga = 1e9;

void print_megabytes(const char* what, double bytes) {
  print_columns({"megabytes", what, fixed(bytes / kMegabyte, 1)});
}

// Seconds of a step, from a short measurement; nothing, and a sentence in `missing`, where the device is not there.
std::optional<double> seconds_per_step(const TrainConfig& config, double multiply_adds, int64_t ranks,
                                       std::vector<std::string>& missing) {
  try {
    return multiply_adds / (kShareOfMatrixRate * matrix_product_rate(config) * static_cast<double>(ranks));
  } catch (const Error& error) {
    missing.emplace_back(error.what());
    return std::nullopt;
  }
}

}  // namespace

int print_plan(const TrainConfig& config, std::stop_token stop) {
  const int64_t ranks = std::max<int64_t>(1, config.world_size);
  RunPlan plan = plan_run(config, ranks, std::move(stop));
  const auto seconds = seconds_per_step(config, plan.multiply_adds, ranks, plan.missing);
  print_columns({"processes", "", std::to_string(ranks)});
  print_columns({"parameters", "trained", std::to_string(plan.trained_parameters)});
  print_columns({"parameters", "frozen", std::to_string(plan.frozen_parameters)});
  print_megabytes("weights", plan.weight_bytes);
  print_megabytes("gradients", plan.gradient_bytes);
  print_megabytes("moments", plan.moment_bytes);
  print_megabytes("activations", plan.activation_bytes);
  print_megabytes("together", plan.weight_bytes + plan.gradient_bytes + plan.moment_bytes + plan.activation_bytes);
  print_columns({"step", "giga multiply-adds", fixed(plan.multiply_adds / kGiga, 3)});
  if (seconds) print_columns({"step", "seconds", fixed(*seconds, 4)});
  print_columns({"run", "steps", std::to_string(plan.steps)});
  if (seconds) print_columns({"run", "seconds", fixed(*seconds * static_cast<double>(plan.steps), 1)});
  for (const std::string& missing : plan.missing) print_columns({"missing", "", missing});
  return plan.missing.empty() ? 0 : kSomeInputsFailed;
}

}  // namespace tvts::cli
