// The curves of a training run from its log: one JSON object a line, as docs/pretraining.md describes it.
//
//   {"step", "epoch", "corpus", "loss", "vtc", "ts", "sort_accuracy", "mms", "lr_new", "lr_clip", "clips_per_second",
//    "wait_share"}                                                         one step, or the mean of a few
//   {"step", "validation": {"t2v_r1", ...}, "guard": {"mms", "text_drift", ...}}
//
// Every key but "step" may be absent; null is a gap (the value was not finite); other keys are passed over.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tvts/report/page.h"

namespace tvts {

struct TrainingCurves {
  std::size_t records = 0;
  double last_step = 0;
  std::vector<Chart> charts;  // those for which the log has a value
  Table last_values;          // the last value of each curve
};

// A last line that is cut short (the run is writing it, or was killed) is passed over. Throws Error(kInput) with `name`
// and the line for any other line that is no record.
TrainingCurves read_training_curves(std::string_view log, const std::string& name);

// Reads the log and writes FOLDER/curves.svg and FOLDER/curves.html, each whole or not at all.
void write_training_curves(const std::string& log_path, const std::string& folder);

}  // namespace tvts
