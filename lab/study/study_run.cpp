#include "lab/study/study_run.h"

#include <filesystem>

#include "lab/study/world_report.h"
#include "tvts/core/error.h"
#include "tvts/core/folders.h"
#include "tvts/core/input_file.h"
#include "tvts/core/json/struct_fields.h"
#include "tvts/core/whole_file.h"
#include "tvts/train/loop/run_folder.h"
#include "tvts/train/loop/run_state.h"

namespace tvts {
namespace {

TrainConfig config_of(const StudySetup& setup, const StudyRow& row, int64_t seed) {
  return row.run ? run_config(setup, *row.run, seed) : start_config(setup, seed);
}

// The settings that must be the same for a result to count.
Json stated_config(const StudySetup& setup, const StudyRow& row, int64_t seed) {
  Json json = parse_json(train_config_to_json(config_of(setup, row, seed)));
  json.erase("data");
  json.erase("precision");  // a result states the one that was chosen
  return json;
}

// The newest checkpoint, since the released model has no sort head.
StudyModel trained_model(const TrainConfig& config, const StudyRow& row, const RunContext& context) {
  const auto checkpoint = newest_checkpoint(RunFolder(config.output).checkpoints());
  TVTS_ASSERT(checkpoint);
  return load_study_model(*checkpoint + "/model.safetensors",
                          {.pool = row.run ? Pool::kCls : Pool::kMean, .vocabulary_path = context.vocabulary_path});
}

Json result_json(const StudySetup& setup, const StudyRow& row, int64_t seed, const WorldResults& results) {
  return {{"format", "tvts-study-run"},
          {"version", 1},
          {"run", row.run_name()},
          {"seed", seed},
          {"precision", RunFolder(config_of(setup, row, seed).output).recorded_precision()},
          {"config", stated_config(setup, row, seed)},
          {"results", world_json(results)}};
}

Measures measures_in(const Json& results) {
  Measures measures;
  for (const Json& task : results.at("tasks")) {
    measures[task.at("key").get<std::string>()] = task.at("systems").at(kModel).get<double>();
  }
  return measures;
}

void require_same_study(const std::string& path, const Json& found, const Json& now) {
  for (const auto& [key, value] : now.items()) {
    if (found.contains(key) && found.at(key) == value) continue;
    fail_usage(path, " is of another study: ", key, " is ", found.value(key, Json()).dump(), " there and ",
               value.dump(), " now; choose another --output");
  }
}

}  // namespace

std::string result_path(const StudySetup& setup, const std::string& run, int64_t seed) {
  return concat(setup.output, "/runs/", seeded_name(run, seed), ".json");
}

void do_run(const StudySetup& setup, const StudyRow& row, int64_t seed, const RunContext& context,
            std::stop_token stop) {
  const TrainConfig config = config_of(setup, row, seed);
  Collective alone;
  train(config, context, alone, stop);
  StudyModel model = trained_model(config, row, context);
  const ReadingOptions reading = {.workers = static_cast<std::size_t>(setup.workers), .stop = stop};
  const WorldResults results = world_results(setup.world, model, /*baseline=*/nullptr, Controls::kNone, reading);
  const std::string path = result_path(setup, row.run_name(), seed);
  make_folder_of(path);
  write_whole_file(path, result_json(setup, row, seed, results).dump() + "\n");
  std::error_code kept;
  std::filesystem::remove_all(RunFolder(config.output).checkpoints(), kept);
}

std::optional<Measures> finished_run(const StudySetup& setup, const StudyRow& row, int64_t seed) {
  const std::string path = result_path(setup, row.run_name(), seed);
  if (!std::filesystem::exists(path)) return std::nullopt;
  try {
    const Json json = fields::parse_object(read_file(path), path,
                                           "a result of tvts study: remove the file, and the run is done again");
    require_same_study(path, json.at("config"), stated_config(setup, row, seed));
    return measures_in(json.at("results"));
  } catch (const Json::exception& error) {
    fail_input(path, " is no result of tvts study (", error.what(), "); remove it, and the run is done again");
  }
}

}  // namespace tvts
