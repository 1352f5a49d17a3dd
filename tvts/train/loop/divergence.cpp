#include "tvts/train/loop/divergence.h"

#include <algorithm>
#include <cmath>

#include "tvts/core/error.h"

namespace tvts {
namespace {

constexpr int kSettled = 100;     // steps before the mean is trusted
constexpr double kMemory = 0.98;  // of the mean
constexpr double kFactor = 2;     // times the best mean, plus one: far outside a run's usual swings

}  // namespace

std::optional<std::string> DivergenceWatch::observe(double loss) {
  if (!std::isfinite(loss)) return concat("the loss is ", loss);
  mean_ = steps_ == 0 ? loss : kMemory * mean_ + (1 - kMemory) * loss;
  if (++steps_ < kSettled) return std::nullopt;
  best_ = steps_ == kSettled ? mean_ : std::min(best_, mean_);
  if (mean_ <= kFactor * best_ + 1) return std::nullopt;
  return concat("the mean loss has climbed from ", best_, " to ", mean_);
}

}  // namespace tvts
