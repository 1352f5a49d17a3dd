// tvts eval msrvtt|didemo|...: a model, or features made elsewhere, on benchmarks as they lie on the disk.
#include <algorithm>

#include "cli/commands.h"
#include "cli/eval.h"
#include "cli/job.h"
#include "cli/model_options.h"
#include "cli/output.h"
#include "cli/video_options.h"
#include "tvts/api/evaluation_request.h"
#include "tvts/api/evaluation_run.h"
#include "tvts/evaluate/results/evaluation_json.h"

namespace tvts::cli {
namespace {

struct EvalOptions {
  api::EvaluateRequest request;  // its first benchmark is the subcommand's
  bool check = false;
  bool json = false;
};

void declare_data(CLI::App& command, api::EvaluateRequest& request) {
  command.add_option("--data", request.data, "folder of the data set, or of several, each under its name here");
  command.add_option("--annotations", request.annotations, "file or folder (default: looked for in --data)");
  command.add_option("--form", request.form, "form of the annotations (default: told by name and content)");
  command.add_option("--videos", request.videos, "folder of the videos (default: the usual places in --data)");
  command.add_option("--classes", request.classes, "file of class names: one a line, label2id.json, classInd.txt");
  command.add_option("--split", request.split, "of HMDB-51 and UCF-101")
      ->check(CLI::Range(1, 3))
      ->capture_default_str();
  command
      .add_option("--first-row", request.first_row, "of a list: auto, header (as the published loader of LSMDC), data")
      ->capture_default_str();
  command.add_option("--captions", request.captions, "MSR-VTT: one, as the 1k-A protocol takes it, or all")
      ->capture_default_str();
  command.add_option("--path-col", request.path_column, "own table: column of the video")->capture_default_str();
  command.add_option("--caption-col", request.caption_column, "own table: its caption")->capture_default_str();
  command.add_option("--label-col", request.label_column, "own table: its label")->capture_default_str();
}

void declare_protocol(CLI::App& command, api::EvaluateRequest& request) {
  command
      .add_option("--template", request.templates,
                  "sentence around a class, with {} in its place; several are averaged (default: \"a person {}\")")
      ->allow_extra_args(false);
  command.add_option("--ties", request.ties, "text to video: published (the best of equal ranks) or mean")
      ->capture_default_str();
  command.add_option("--short-clips", request.short_clips, "frames that a video lacks: zeros (published) or repeat")
      ->capture_default_str();
  command
      .add_option("--frame-count", request.frame_count,
                  "frames to choose from: decoded, or promised (as the published reader counts them)")
      ->capture_default_str();
  command.add_option("--seed", request.seed, "of the bootstrap and of options that are drawn")
      ->check(at_least(0))
      ->capture_default_str();
  command.add_option("--resamples", request.resamples, "of the bootstrap")
      ->check(at_least(kFewestResamples))
      ->capture_default_str();
}

void declare_all(CLI::App& command, EvalOptions& options) {
  api::EvaluateRequest& request = options.request;
  command.add_option("BENCHMARK", request.benchmarks, "more benchmarks for the same run");
  declare_data(command, request);
  declare_protocol(command, request);
  command.add_option("--video-features", request.video_features, "retrieval: FILE.npy [videos, E], instead of a model");
  command.add_option("--text-features", request.text_features, "retrieval: FILE.npy [texts, E]");
  command.add_option("--output", request.output, "folder of the results and of the embedded videos")
      ->capture_default_str();
  command.add_flag("--check", options.check, "only look for missing and unreadable videos");
  command.add_flag("--overwrite", request.overwrite, "embed all videos anew");
  command.add_flag("--retry-failed", request.retry_failed, "try again the videos that failed before");
  command.add_flag("--json", options.json, "one JSON object a benchmark instead of tables");
  declare(command, request.model);
  declare(command, request.video);
}

void print_results(const std::vector<BenchmarkResult>& results, bool json) {
  std::vector<Table> tables;
  for (const BenchmarkResult& result : results) {
    if (json) print_json(evaluation_json(result.manifest, result.evaluation));
    tables.push_back(evaluation_table(result));
    for (const std::string& difference : differences_from_paper(result.manifest)) {
      tables.back().notes.push_back("Not as in the paper: " + difference);
    }
  }
  if (!json) print_tables(tables);
}

void print_check(const CheckedBenchmark& checked, bool json) {
  const std::string& name = checked.benchmark.name;
  const std::size_t videos = checked.benchmark.videos.size(), missing = checked.missing.size();
  if (json) {
    print_json({{"benchmark", name}, {"videos", videos}, {"missing", missing}});
  } else {
    print_columns({name, concat(videos), concat(missing)});
  }
}

int check_alone(const EvalOptions& options, const JobControl& control) {
  bool has_missing = false;
  const auto print = [&](const CheckedBenchmark& checked) {
    has_missing = has_missing || !checked.missing.empty();
    print_check(checked, options.json);
  };
  check_benchmarks(options.request, control, print);
  return has_missing ? kSomeInputsFailed : 0;
}

int run(const EvalOptions& options) {
  check(options.request);
  ProgressOnStderr progress;
  const JobControl control = job_control(progress);
  if (options.check) return check_alone(options, control);
  const std::vector<BenchmarkResult> results =
      run_evaluation(options.request, /*model=*/nullptr, known_hashes(), control);
  print_results(results, options.json);
  const bool has_missing = std::ranges::any_of(results, [](const auto& one) { return !one.manifest.missing.empty(); });
  return has_missing ? kSomeInputsFailed : 0;
}

}  // namespace

void add_eval_benchmarks(CLI::App& eval, Action& action) {
  for (const std::string& name : benchmark_names()) {
    const std::string about = name == benchmark_title(name) || name == "mc"
                                  ? "A table of your own: " + benchmark_title(name)
                                  : benchmark_title(name) + ", by the paper's protocol";
    add_command<EvalOptions>(
        eval, action, name.c_str(), about.c_str(),
        [](CLI::App& command, EvalOptions& options) { declare_all(command, options); },
        [name](EvalOptions options) {
          std::vector<std::string>& benchmarks = options.request.benchmarks;
          benchmarks.insert(benchmarks.begin(), name);
          return run(options);
        });
  }
}

}  // namespace tvts::cli
