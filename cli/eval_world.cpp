// tvts eval world: tests a model on the small world, beside its blind controls.
#include <filesystem>
#include <optional>

#include "cli/eval.h"
#include "cli/job.h"
#include "cli/output.h"
#include "cli/runtime.h"
#include "lab/study/world_report.h"
#include "tvts/core/error.h"
#include "tvts/core/folders.h"
#include "tvts/core/log.h"
#include "tvts/core/progress.h"
#include "tvts/core/whole_file.h"
#include "tvts/model/runtime/inference.h"

namespace tvts::cli {
namespace {

struct EvalWorldOptions {
  std::string data;
  std::string pretrained;
  std::string baseline;
  std::string pool;  // empty: what the model file states
  std::string device = "cpu";
  std::size_t workers = 0;
  bool json = false;
  std::string html;
  std::string output;
};

void declare(CLI::App& command, EvalWorldOptions& options) {
  command.add_option("--data", options.data, "folder that tvts data world wrote")->required();
  command.add_option("--pretrained", options.pretrained,
                     "model file; a run's checkpoint has the sort head too (default: the small model of tvts)");
  command.add_option("--baseline", options.baseline, "model file trained on means of frames, as a control");
  command.add_option("--pool", options.pool,
                     "of --pretrained, cls: the video's own embedding; mean: of frames alone (default: what the model "
                     "file states)");
  command.add_option("--device", options.device, "cpu, cuda or cuda:N")->capture_default_str();
  command.add_option("--workers", options.workers, "threads that decode (default: half the cores)")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1024}));
  command.add_flag("--json", options.json, "one JSON object, with every item's result, instead of tables");
  command.add_option("--html", options.html, "write a page of the tables")->check(no_folder);
  command.add_option("--output", options.output, "folder for world.json and world.html");
}

StudyModel load(const EvalWorldOptions& options, const std::string& path, std::optional<Pool> pool) {
  return load_study_model(path, {.pool = pool, .device = options.device, .vocabulary_path = vocabulary_path()});
}

WorldResults measure(const EvalWorldOptions& options) {
  set_compute_threads();
  const auto pool = options.pool.empty() ? std::nullopt : std::optional(pool_named(options.pool));
  StudyModel model = load(options, pretrained_or_small(options.pretrained), pool);
  std::optional<StudyModel> baseline;
  if (!options.baseline.empty()) baseline = load(options, options.baseline, Pool::kMean);
  Progress progress("clips", std::nullopt);
  std::size_t done = 0;
  const ReadingOptions reading = {
      .workers = options.workers > 0 ? options.workers : std::max<std::size_t>(1, thread_count() / 2),
      .stop = stop_requested(),
      .on_clips = [&](std::size_t clips) { progress.update({.done = done += clips}); }};
  WorldResults results = world_results(options.data, model, baseline ? &*baseline : nullptr, Controls::kAll, reading);
  progress.finish();
  return results;
}

void write_files(const WorldResults& results, const EvalWorldOptions& options) {
  const std::string page = html_page(world_page(results));
  if (!options.html.empty()) write_whole_file(options.html, page);
  if (options.output.empty()) return;
  make_folder(options.output);
  write_whole_file(options.output + "/world.html", page);
  write_whole_file(options.output + "/world.json", world_json(results).dump() + "\n");
  log_info(concat("wrote ", options.output, "/world.json and world.html"));
}

int run(const EvalWorldOptions& options) {
  const WorldResults results = measure(options);
  write_files(results, options);
  if (options.json) {
    print_json(world_json(results));
  } else {
    print_tables(world_tables(results));
  }
  return 0;
}

}  // namespace

void add_eval_world(CLI::App& eval, Action& action) {
  add_command<EvalWorldOptions>(
      eval, action, "world", "Retrieval, twins, recognition and sorting on the small world",
      [](CLI::App& command, EvalWorldOptions& options) { declare(command, options); }, run);
}

}  // namespace tvts::cli
