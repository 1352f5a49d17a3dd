#include "tvts/train/loop/run_precision.h"

#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/model/runtime/bfloat16_hardware.h"
#include "tvts/train/loop/rank_texts.h"
#include "tvts/train/loop/resolve.h"
#include "tvts/train/loop/run_folder.h"

namespace tvts {
namespace {

struct Choice {
  std::string precision, reason;
};

Choice choose(const TrainConfig& config) {
  const std::string recorded = RunFolder(config.output).recorded_precision();
  if (!recorded.empty()) return {recorded, "as the run in " + config.output + " was begun"};
  if (!is_on_cpu(config)) return {"bf16", "on " + config.device};
  if (has_bfloat16_hardware()) return {"bf16", "this CPU has instructions for it"};
  return {"fp32", "this CPU has no instructions for bfloat16 (AVX-512 BF16 or AMX)"};
}

void warn_where_emulated(const TrainConfig& config) {
  if (config.precision != "bf16" || !is_on_cpu(config) || has_bfloat16_hardware()) return;
  log_warning(concat("precision bf16: this CPU has no instructions for bfloat16 and emulates it; expect about ",
                     emulated_bfloat16_factor(), " times the time that fp32 takes (precision auto chooses fp32 here)"));
}

}  // namespace

TrainConfig with_precision(TrainConfig config, Collective& collective) {
  const bool is_rank0 = collective.rank() == 0;
  if (config.precision == "auto") {
    Choice choice;
    on_rank0([&] { choice = choose(config); }, collective);
    config.precision = all_gather_texts(choice.precision, collective).front();
    if (is_rank0) log_info(concat("precision auto: ", config.precision, ", ", choice.reason));
  }
  if (is_rank0) warn_where_emulated(config);
  return config;
}

}  // namespace tvts
