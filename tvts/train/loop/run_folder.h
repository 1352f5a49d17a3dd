// The folder that a run writes to.
#pragma once

#include <string>

#include "tvts/train/loop/train_config.h"

namespace tvts {

class RunFolder {
 public:
  explicit RunFolder(std::string path) : path_(std::move(path)) {}

  std::string config() const { return path_ + "/config.json"; }
  std::string log() const { return path_ + "/log.jsonl"; }
  std::string curves() const { return path_ + "/curves.html"; }
  std::string checkpoints() const { return path_ + "/checkpoints"; }
  std::string model() const { return path_ + "/model.safetensors"; }

  // Makes the folder and leaves the config in it; a folder of the same run is taken up again.
  // Throws Error(kUsage) when another run's config is there, naming the first key that differs.
  void claim(const TrainConfig& config, const std::string& code_version) const;

  // The precision of the run whose config is there; empty when there is none.
  // Throws Error(kInput) when the file is no config.
  std::string recorded_precision() const;

 private:
  std::string path_;
};

}  // namespace tvts
