// The named ways to pool the frames of a clip into one embedding.
#pragma once

#include <string>

namespace tvts {

enum class Pool {
  kCls,  // the video encoder's own: the CLS token over all frames
  kMean  // the CLIP baseline: every frame alone (T = 1, t = 0, no temporal embedding), normalised, averaged, normalised
};

std::string to_string(Pool pool);          // "cls", "mean"
Pool pool_named(const std::string& name);  // throws Error(kUsage) listing the names

}  // namespace tvts
