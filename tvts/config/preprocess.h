// The three ways from a frame to a model's input, by name (docs/formats.md has the exact rules).
#pragma once

#include <string>

namespace tvts {

enum class Preprocess {
  kTvtsv2Eval,     // middles of T intervals; short side NEAREST, centre crop; ImageNet mean and deviation
  kTvtsv2Extract,  // T frames from first to last; bilinear squash to a square; ImageNet mean and deviation
  kClip            // middles of T intervals; short side bicubic, centre crop; CLIP's mean and deviation
};

std::string to_string(Preprocess preprocess);          // "tvtsv2-eval", "tvtsv2-extract", "clip"
Preprocess preprocess_named(const std::string& name);  // throws Error(kUsage) listing the names

}  // namespace tvts
