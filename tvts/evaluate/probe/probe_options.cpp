#include "tvts/evaluate/probe/probe_options.h"

#include <array>
#include <cmath>

#include "tvts/core/error.h"

namespace tvts {
namespace {

constexpr std::array kMethods = {ProbeMethod::kSgd, ProbeMethod::kLbfgs, ProbeMethod::kLeastSquares,
                                 ProbeMethod::kNeighbours};

void check_at_least_one(const char* name, std::int64_t value) {
  if (value < 1) fail_usage("probe: ", name, " is ", value, ", expected 1 or more");
}

}  // namespace

std::string to_string(ProbeMethod method) {
  switch (method) {
    case ProbeMethod::kSgd: return "sgd";
    case ProbeMethod::kLbfgs: return "lbfgs";
    case ProbeMethod::kLeastSquares: return "least-squares";
    case ProbeMethod::kNeighbours: return "knn";
  }
  TVTS_ASSERT(false);
}

ProbeMethod probe_method_named(const std::string& name) {
  std::string names;
  for (const ProbeMethod method : kMethods) {
    if (to_string(method) == name) return method;
    names += (names.empty() ? "" : ", ") + to_string(method);
  }
  fail_usage("no probe is called '", name, "'; expected one of ", names);
}

void validate(const ProbeOptions& options) {
  check_at_least_one("the number of epochs", options.epochs);
  check_at_least_one("the batch size", options.batch_size);
  check_at_least_one("the number of iterations", options.iterations);
  check_at_least_one("the number of neighbours", options.neighbours);
  const auto is_positive = [](double value) { return std::isfinite(value) && value > 0; };
  if (!is_positive(options.learning_rate))
    fail_usage("probe: the learning rate is ", options.learning_rate, ", expected more than 0");
  if (!(options.momentum >= 0 && options.momentum < 1))
    fail_usage("probe: the momentum is ", options.momentum, ", expected 0 <= momentum < 1");
  if (!is_positive(options.temperature))
    fail_usage("probe: the temperature is ", options.temperature, ", expected more than 0");
  if (options.l2 && !(std::isfinite(*options.l2) && *options.l2 >= 0))
    fail_usage("probe: l2 is ", *options.l2, ", expected 0 or more");
}

}  // namespace tvts
