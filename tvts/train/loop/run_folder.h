// The folder that a run writes to.
#pragma once

#include <string>

#include "tvts/core/folder_lock.h"
#include "tvts/train/loop/train_config.h"

namespace tvts {

class RunFolder {
 public:
  explicit RunFolder(std::string path) : path_(std::move(path)) {}

  const std::string& path() const { return path_; }
  std::string config() const { return path_ + "/config.json"; }
  std::string log() const { return path_ + "/log.jsonl"; }
  std::string curves() const { return path_ + "/curves.html"; }
  std::string checkpoints() const { return path_ + "/checkpoints"; }
  std::string model() const { return path_ + "/model.safetensors"; }

  // Makes the folder and leaves the config in it; a folder of the same run is taken up again. The run writes there for
  // as long as it has the lock. Throws Error(kUsage) when another run's config is there, naming the first key that
  // differs, or something that is no run's, Error(kFailed) when another process is writing there.
  FolderLock claim(const TrainConfig& config, const std::string& code_version) const;

  // The precision of the run whose config is there; empty when there is none.
  // Throws Error(kInput) when the file is no config.
  std::string recorded_precision() const;

 private:
  std::string path_;
};

}  // namespace tvts
