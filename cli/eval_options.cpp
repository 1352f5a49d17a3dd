#include "cli/eval_options.h"

#include <algorithm>
#include <filesystem>

#include "cli/commands.h"
#include "cli/runtime.h"
#include "tvts/core/error.h"
#include "tvts/core/version.h"

namespace tvts::cli {
namespace {

void declare_data(CLI::App& command, EvalOptions& options) {
  BenchmarkOptions& benchmark = options.benchmark;
  command.add_option("--data", options.data, "folder of the data set, or of several, each under its name here");
  command.add_option("--annotations", benchmark.annotations, "file or folder (default: looked for in --data)");
  command.add_option("--form", benchmark.form, "form of the annotations (default: told by name and content)");
  command.add_option("--videos", benchmark.videos, "folder of the videos (default: the usual folders in --data)");
  command.add_option("--classes", benchmark.classes, "file of class names: one a line, label2id.json, classInd.txt");
  command.add_option("--split", benchmark.split, "of HMDB-51 and UCF-101")
      ->check(CLI::Range(1, 3))
      ->capture_default_str();
  command
      .add_option("--first-row", options.first_row, "of a list: auto, header (as the published loader of LSMDC), data")
      ->capture_default_str();
  command.add_option("--captions", options.captions, "MSR-VTT: one, as the 1k-A protocol takes it, or all")
      ->capture_default_str();
  command.add_option("--path-col", benchmark.path_column, "own table: column of the video")->capture_default_str();
  command.add_option("--caption-col", benchmark.caption_column, "own table: its caption")->capture_default_str();
  command.add_option("--label-col", benchmark.label_column, "own table: its label")->capture_default_str();
}

void declare_protocol(CLI::App& command, EvalOptions& options) {
  command
      .add_option("--template", options.templates,
                  "sentence around a class, with {} in its place; several are averaged (default: \"a person {}\")")
      ->allow_extra_args(false);
  command.add_option("--ties", options.ties, "text to video: published (the best of equal ranks) or mean")
      ->capture_default_str();
  command.add_option("--short-clips", options.short_clips, "frames that a video lacks: zeros (published) or repeat")
      ->capture_default_str();
  command
      .add_option("--frame-count", options.frame_count,
                  "frames to choose from: decoded, or promised (as the published reader counts them)")
      ->capture_default_str();
  command.add_option("--seed", options.benchmark.seed, "of the bootstrap and of options that are drawn")
      ->check(at_least(0))
      ->capture_default_str();
  command.add_option("--resamples", options.resamples, "of the bootstrap")->check(at_least(100))->capture_default_str();
}

void check_word(const char* flag, const std::string& value, const char* one, const char* other) {
  if (value != one && value != other) fail_usage(flag, " is '", value, "'; expected ", one, " or ", other);
}

}  // namespace

void declare(CLI::App& command, EvalOptions& options) {
  command.add_option("BENCHMARK", options.benchmarks, "more benchmarks for the same run");
  declare_data(command, options);
  declare_protocol(command, options);
  command.add_option("--video-features", options.video_features, "retrieval: FILE.npy [videos, E], instead of a model");
  command.add_option("--text-features", options.text_features, "retrieval: FILE.npy [texts, E]");
  command.add_option("--output", options.output, "folder of the results and of the embedded videos")
      ->capture_default_str();
  command.add_flag("--check", options.check, "only look for missing and unreadable videos");
  command.add_flag("--overwrite", options.overwrite, "embed all videos anew");
  command.add_flag("--retry-failed", options.retry_failed, "try again the videos that failed before");
  command.add_flag("--json", options.json, "one JSON object a benchmark instead of tables");
  declare(command, options.model);
  declare(command, options.video);
}

void resolve(EvalOptions& options) {
  const bool has_features = !options.video_features.empty();
  if (has_features == options.text_features.empty()) fail_usage("--video-features and --text-features go together");
  if (has_features && options.benchmarks != std::vector<std::string>{"retrieval"}) {
    fail_usage("--video-features and --text-features are those of `tvts eval retrieval` alone");
  }
  if (!has_features && options.data.empty()) fail_usage("--data is missing: the folder of the data set");
  if (options.benchmarks.size() > 1 && !(options.benchmark.annotations + options.benchmark.form).empty()) {
    fail_usage("--annotations and --form are those of one benchmark, not of ", options.benchmarks.size());
  }
  if (options.video.window > 0) fail_usage("--window is of no use here: a benchmark has one clip a video");
  if (options.output.empty()) fail_usage("--output is empty; expected a folder");
  for (std::size_t i = 0; i < options.benchmarks.size(); ++i) {
    if (std::ranges::count(options.benchmarks, options.benchmarks[i]) > 1) {
      fail_usage(options.benchmarks[i], " is named twice; expected each benchmark once");
    }
  }
  check_word("--captions", options.captions, "one", "all");
  check_word("--short-clips", options.short_clips, "zeros", "repeat");
  check_word("--frame-count", options.frame_count, "decoded", "promised");
  tie_rule_named(options.ties);
  options.benchmark.first_row = first_row_named(options.first_row);
  options.benchmark.all_captions = options.captions == "all";
  for (const std::string& one : options.templates) {
    if (one.find("{}") == std::string::npos) fail_usage("--template is '", one, "'; expected {} in place of the class");
  }
  for (const std::string& name : options.benchmarks) benchmark_title(name);
}

BenchmarkOptions benchmark_options(const EvalOptions& options, const std::string& name) {
  BenchmarkOptions resolved = options.benchmark;
  const std::string inside = options.data + "/" + name;
  std::error_code error;
  const bool is_inside = std::filesystem::is_directory(inside, error);
  if (!is_inside && options.benchmarks.size() > 1) {
    fail_input(options.data, ": found no folder ", name,
               " in it; several benchmarks lie in folders of their names here");
  }
  resolved.data = is_inside ? inside : options.data;
  return resolved;
}

EvaluateOptions evaluate_options(const EvalOptions& options) {
  return {.ties = tie_rule_named(options.ties),
          .bootstrap = {.resamples = options.resamples, .seed = options.benchmark.seed, .threads = thread_count()},
          .threads = thread_count(),
          .pause = throw_if_stopped};
}

void describe(Manifest& manifest, const EvalOptions& options) {
  manifest.ties = options.ties;
  manifest.first_row = options.first_row;
  manifest.captions = options.captions;
  manifest.seed = options.benchmark.seed;
  manifest.tvts_version = std::string(version()) + " " + revision();
}

}  // namespace tvts::cli
