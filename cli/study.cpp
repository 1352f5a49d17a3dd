// tvts study: the paper's ablations on the small world, run after run.
#include <filesystem>

#include "cli/commands.h"
#include "cli/job.h"
#include "cli/output.h"
#include "cli/runtime.h"
#include "lab/study/study_report.h"
#include "lab/study/study_run.h"
#include "lab/study/study_table.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/core/version.h"
#include "tvts/core/whole_file.h"
#include "tvts/model/weights/model_json.h"

namespace tvts::cli {
namespace {

struct StudyOptions {
  std::string data;
  std::string output;
  std::string model;
  std::vector<std::string> runs;
  std::int64_t seeds = 3;
  std::int64_t steps = 500;
  std::int64_t workers = 1;
};

void declare(CLI::App& command, StudyOptions& options) {
  command.add_option("--data", options.data, "folder that tvts data world wrote")->required();
  command.add_option("--output", options.output, "folder of the study; what is done there is not done again")
      ->required();
  command.add_option("--runs", options.runs, "names of runs or tables, such as table6,figure3a (default: all)")
      ->delimiter(',');
  command.add_option("--seeds", options.seeds, "every run with so many seeds")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command.add_option("--steps", options.steps, "of every run")->check(CLI::Range(1, 1'000'000))->capture_default_str();
  command.add_option("--model", options.model, "FILE.json of sizes (default: the study's own small one)");
  command.add_option("--workers", options.workers, "threads that decode")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
}

// Paths are made absolute, since they stand in the record of each run.
StudySetup resolved(const StudyOptions& options) {
  if (!std::filesystem::exists(options.data + "/world.json")) {
    fail_input(options.data, " holds no whole small world; make one with tvts data world --output ", options.data);
  }
  StudySetup setup = {.world = std::filesystem::absolute(options.data),
                      .output = std::filesystem::absolute(options.output),
                      .model = options.model.empty() ? data_file("configs/model/study.json")
                                                     : std::filesystem::absolute(options.model).string(),
                      .steps = options.steps,
                      .workers = options.workers};
  setup.text_layers = read_config_file(setup.model).text.layers;
  return with_precision_of_runs(setup);
}

class Study {
 public:
  explicit Study(const StudyOptions& options)
      : options_(options),
        setup_(resolved(options)),
        experiments_(experiments(setup_.text_layers)),
        runs_(planned_runs(experiments_, options.runs)),
        paper_(load_paper_tables(data_file("paper_results.json"))) {}

  void run() {
    read_finished();
    std::size_t number = 0;
    for (std::int64_t seed = 1; seed <= options_.seeds; ++seed) {
      for (const std::string& name : runs_) {
        ++number;
        if (results_[name].contains(seed)) continue;
        log_info(concat("run ", number, " of ", runs_.size() * static_cast<std::size_t>(options_.seeds), ": ",
                        seeded_name(name, seed)));
        do_one(name, seed);
        write_report();
      }
    }
    write_report();
    log_info(concat("wrote ", setup_.output, "/study.html and study.json"));
  }

  void print() const {
    std::vector<Table> tables;
    for (const Experiment& experiment : experiments_) tables.push_back(experiment_table(experiment, results_, paper_));
    print_tables(tables);
  }

 private:
  // Of all runs, those that are not requested too: they belong on the page.
  void read_finished() {
    for (const std::string& name : planned_runs(experiments_, {})) {
      for (std::int64_t seed = 1; seed <= options_.seeds; ++seed) {
        if (auto measures = finished_run(setup_, find_run(experiments_, name), seed)) {
          results_[name][seed] = std::move(*measures);
        }
      }
    }
  }

  void do_one(const std::string& name, std::int64_t seed) {
    const StudyRow& row = find_run(experiments_, name);
    ProgressOnStderr progress;
    const RunContext context = {.vocabulary_path = vocabulary_path(),
                                .code_version = std::string(version()) + " " + revision(),
                                .progress = &progress};
    do_run(setup_, row, seed, context, stop_requested());
    results_[name][seed] = finished_run(setup_, row, seed).value();
  }

  StudyReport report() const {
    std::size_t done = 0;
    for (const auto& [name, seeds] : results_) done += seeds.size();
    const std::string intro = concat(
        "Models of ", std::filesystem::path(setup_.model).filename().string(), ", ", setup_.steps,
        " steps a run, tested on the small world's unseen clips. ", done,
        " runs are done. Nothing here is about real video: whether a finding of the paper holds on a small world says "
        "how its method behaves there.");
    return {.intro = intro, .experiments = experiments_, .results = results_, .paper = paper_};
  }

  void write_report() const {
    const StudyReport shown = report();
    write_whole_file(setup_.output + "/study.html", html_page(study_page(shown)));
    write_whole_file(setup_.output + "/study.json", study_json(shown).dump(1) + "\n");
  }

  const StudyOptions options_;
  const StudySetup setup_;
  const std::vector<Experiment> experiments_;
  const std::vector<std::string> runs_;
  const PaperTables paper_;
  StudyResults results_;
};

int run(const StudyOptions& options) {
  set_compute_threads();
  Study study(options);
  study.run();
  study.print();
  return 0;
}

}  // namespace

void add_study(CLI::App& app, Action& action) {
  add_command<StudyOptions>(
      app, action, "study", "Repeat the paper's ablations on the small world",
      [](CLI::App& command, StudyOptions& options) { declare(command, options); }, run);
}

}  // namespace tvts::cli
