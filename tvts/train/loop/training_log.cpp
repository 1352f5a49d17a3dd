#include "tvts/train/loop/training_log.h"

#include <cmath>
#include <filesystem>
#include <fstream>

#include "tvts/core/json/fields.h"
#include "tvts/core/whole_file.h"

namespace tvts {
namespace {

// JSON has no NaN.
Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

// Nothing for a line that is no record.
std::optional<int64_t> step_of(const std::string& line) {
  try {
    return optional_field<int64_t>(parse_json_object(line), "step");
  } catch (const Error&) {
    return std::nullopt;
  }
}

// The lines of a log up to a step; what cannot be read (a line cut short by a kill) is left out.
std::string lines_up_to(const std::string& path, int64_t last_step) {
  std::string kept, line;
  std::ifstream file(path);
  while (std::getline(file, line)) {
    if (step_of(line).value_or(last_step + 1) <= last_step) kept += line + "\n";
  }
  return kept;
}

// The log of a run that is resumed after a step, rewritten up to there. One that is still at its beginning writes its
// record of step 0 again.
AppendFile cut_after(const std::string& path, int64_t last_step) {
  const std::string lines = last_step > 0 ? lines_up_to(path, last_step) : "";
  write_whole_file(path, lines);
  return {path, lines.size()};
}

}  // namespace

TrainingLog::TrainingLog(const std::string& path, int64_t last_step) : file_(cut_after(path, last_step)) {}

void TrainingLog::append(const std::string& line) { file_.append(line + "\n", AppendFile::Flush::kNo); }

void TrainingLog::write(const StepRecord& record) {
  Json json = {{"step", record.step},
               {"epoch", record.epoch},
               {"corpus", record.corpus},
               {"loss", number(record.loss)},
               {"vtc", number(record.contrastive)}};
  if (record.sorting) json["ts"] = number(*record.sorting);
  if (record.sort_accuracy) json["sort_accuracy"] = number(*record.sort_accuracy);
  json["mms"] = number(record.matched_similarity);
  json["lr_new"] = record.rate_new;
  json["lr_clip"] = record.rate_clip;
  json["clips_per_second"] = number(record.clips_per_second);
  json["wait_share"] = number(record.wait_share);
  json["replaced"] = record.replaced;
  json["seconds"] = number(record.seconds);
  append(json.dump());
}

void TrainingLog::write(int64_t step, const ValidationResult& result) {
  const Json json = {{"step", step},
                     {"validation",
                      {{"t2v_r1", result.text_to_video_r1},
                       {"t2v_r5", result.text_to_video_r5},
                       {"v2t_r1", result.video_to_text_r1},
                       {"median_rank", result.median_rank}}},
                     {"guard",
                      {{"mms", number(result.matched_similarity)},
                       {"text_drift", number(result.text_drift)},
                       {"r1_change", result.r1_change}}}};
  append(json.dump());
}

}  // namespace tvts
