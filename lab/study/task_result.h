// The result of one test: for each system, a value for each item.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace tvts {

struct SystemValues {
  std::string system;
  std::vector<double> values;  // [items]
};

enum class Unit {
  kPercent,  // higher is better
  kRank,     // 1 is best; summed up by the median
  kCosine    // in [-1, 1]
};

struct TaskResult {
  std::string key;    // "t2v_r1": stands in JSON
  std::string title;  // "R@1, query captions"
  Unit unit = Unit::kPercent;
  std::optional<double> chance;
  std::optional<double> ceiling;      // of a model that is always right about what happens
  std::vector<std::string> items;     // what each value is of
  std::vector<SystemValues> systems;  // the model first
};

// The mean of the values; of ranks their median.
double summary(const TaskResult& task, const SystemValues& system);
// Null where the task has no such system.
const SystemValues* find_system(const TaskResult& task, const std::string& system);

}  // namespace tvts
