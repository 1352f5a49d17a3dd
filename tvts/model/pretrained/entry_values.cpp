#include "tvts/model/pretrained/entry_values.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tvts/core/random.h"

namespace tvts {
namespace {

// Box and Muller's transform of two uniform draws.
double normal(RandomStream& stream) {
  const double radius = std::sqrt(-2 * std::log(1 - stream.uniform()));
  return radius * std::cos(2 * std::numbers::pi * stream.uniform());
}

void start_fresh(const InitRule& rule, RandomStream stream, std::span<float> out) {
  const auto draw = [&]() -> double {
    switch (rule.init) {
      case Init::kZeros: return 0;
      case Init::kOnes: return 1;
      case Init::kNormal: return rule.scale * normal(stream);
      case Init::kUniform: return rule.scale * (2 * stream.uniform() - 1);
    }
    return 0;
  };
  std::generate(out.begin(), out.end(), [&] { return static_cast<float>(draw()); });
}

}  // namespace

void write_values(const StateEntry& entry, std::uint64_t seed, std::span<float> out) {
  if (const TensorParts* tensor = entry.tensor()) {
    copy_to_float(*tensor, out);
  } else {
    start_fresh(*entry.init(), RandomStream(seed, "init/" + entry.name), out);
  }
}

}  // namespace tvts
