#include "lab/study/task_result.h"

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/metrics/mean.h"

namespace tvts {
namespace {

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

}  // namespace

double summary(const TaskResult& task, const SystemValues& system) {
  TVTS_ASSERT(!system.values.empty());
  return task.unit == Unit::kRank ? median(system.values) : mean_of(system.values);
}

const SystemValues* find_system(const TaskResult& task, const std::string& system) {
  const auto found = std::ranges::find(task.systems, system, &SystemValues::system);
  return found == task.systems.end() ? nullptr : &*found;
}

}  // namespace tvts
