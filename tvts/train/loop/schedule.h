// The learning rate over a run, as a factor of what the config states.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tvts {

enum class ScheduleShape {
  kSteps,  // times `factor` after each milestone epoch: the published one
  kCosine  // down to zero at the last step
};

struct ScheduleOptions {
  ScheduleShape shape = ScheduleShape::kSteps;
  std::vector<int64_t> milestones = {6, 8};  // epochs after which the rate drops
  double factor = 0.1;
  int64_t warmup_steps = 0;  // linear, from 0
};

std::string to_string(ScheduleShape shape);                   // "steps", "cosine"
ScheduleShape schedule_shape_named(const std::string& name);  // throws Error(kUsage) listing the names

// step: 0-based, of total_steps; epoch: 0-based.
double rate_factor(const ScheduleOptions& options, int64_t step, int64_t epoch, int64_t total_steps);

}  // namespace tvts
