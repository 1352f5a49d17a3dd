// The training of each run of the study.
#pragma once

#include <string>

#include "lab/study/study_plan.h"
#include "tvts/train/loop/train_config.h"

namespace tvts {

struct StudySetup {
  std::string world, output;  // folders
  std::string model;          // FILE.json of sizes
  int64_t text_layers = 0;    // of it
  int64_t steps = 0;          // of a run, and of the start
  int64_t workers = 1;        // threads that decode
  std::string precision = "auto";
};

// Of the CLIP-like start: on stills, every frame alone, all of it trained.
TrainConfig start_config(const StudySetup& setup, int64_t seed);
TrainConfig run_config(const StudySetup& setup, const StudyRun& run, int64_t seed);

// "both-tune1-ts-seed2"
std::string seeded_name(const std::string& run, int64_t seed);
// The setup with the precision that the runs in its output were trained in, if there are any: all of a study compute
// alike, wherever it is resumed.
StudySetup with_precision_of_runs(StudySetup setup);
// OUTPUT/training/NAME: what tvts pretrain leaves.
std::string training_folder(const StudySetup& setup, const std::string& run, int64_t seed);

}  // namespace tvts
