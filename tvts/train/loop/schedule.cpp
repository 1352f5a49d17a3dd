#include "tvts/train/loop/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tvts/core/error.h"

namespace tvts {

std::string to_string(ScheduleShape shape) { return shape == ScheduleShape::kSteps ? "steps" : "cosine"; }

ScheduleShape schedule_shape_named(const std::string& name) {
  for (const ScheduleShape shape : {ScheduleShape::kSteps, ScheduleShape::kCosine}) {
    if (name == to_string(shape)) return shape;
  }
  fail_usage("the schedule's shape is '", name, "'; expected steps or cosine");
}

double rate_factor(const ScheduleOptions& options, int64_t step, int64_t epoch, int64_t total_steps) {
  if (step < options.warmup_steps) return static_cast<double>(step + 1) / static_cast<double>(options.warmup_steps);
  if (options.shape == ScheduleShape::kCosine) {
    const auto span = static_cast<double>(std::max<int64_t>(1, total_steps - options.warmup_steps));
    const double done = std::min(1.0, static_cast<double>(step - options.warmup_steps) / span);
    return 0.5 * (1 + std::cos(std::numbers::pi * done));
  }
  const auto drops = std::count_if(options.milestones.begin(), options.milestones.end(),
                                   [&](int64_t milestone) { return epoch >= milestone; });
  return std::pow(options.factor, static_cast<double>(drops));
}

}  // namespace tvts
