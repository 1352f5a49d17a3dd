#include "tvts/study/task_result.h"

#include <algorithm>
#include <numeric>

#include "tvts/core/error.h"

namespace tvts {
namespace {

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

}  // namespace

double summary(const TaskResult& task, const SystemValues& system) {
  TVTS_ASSERT(!system.values.empty());
  return task.unit == Unit::kRank ? median(system.values) : mean(system.values);
}

const SystemValues* find_system(const TaskResult& task, const std::string& system) {
  const auto found = std::ranges::find(task.systems, system, &SystemValues::system);
  return found == task.systems.end() ? nullptr : &*found;
}

}  // namespace tvts
