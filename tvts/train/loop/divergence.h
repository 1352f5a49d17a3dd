// Detects a diverged run: a loss that is no number, or that has climbed far above the best it had.
#pragma once

#include <optional>
#include <string>

namespace tvts {

class DivergenceWatch {
 public:
  // One step's loss of one corpus. Returns what is wrong, if anything is.
  std::optional<std::string> observe(double loss);

 private:
  double mean_ = 0;  // exponential, over about 50 steps
  double best_ = 0;
  int steps_ = 0;
};

}  // namespace tvts
