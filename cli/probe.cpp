// tvts probe: what a simple classifier makes of frozen features.
#include "cli/commands.h"
#include "cli/job.h"
#include "cli/model_options.h"
#include "cli/output.h"
#include "cli/video_options.h"
#include "tvts/api/probe_run.h"
#include "tvts/api/probe_splits.h"
#include "tvts/evaluate/probe/probe_files.h"
#include "tvts/evaluate/probe/probe_report.h"

namespace tvts::cli {
namespace {

struct ProbeCommandOptions {
  api::ProbeRequest request;
  bool json = false;
};

void declare_benchmark(CLI::App& command, api::ProbeRequest& request) {
  command.add_option("BENCHMARK", request.benchmark, "hmdb51, ucf101 or k400: its training and test videos")
      ->check(CLI::IsMember(std::vector<std::string>(std::begin(kProbedBenchmarks), std::end(kProbedBenchmarks))));
  command.add_option("--data", request.data, "folder of the benchmark");
  command.add_option("--annotations", request.annotations, "file or folder (default: looked for in --data)");
  command.add_option("--videos", request.videos, "folder of the videos (default: the usual places in --data)");
  command.add_option("--classes", request.classes, "file of class names");
  command.add_option("--split", request.split, "of HMDB-51 and UCF-101")
      ->check(CLI::Range(1, 3))
      ->capture_default_str();
}

void declare_splits(CLI::App& command, api::ProbeRequest& request) {
  declare_benchmark(command, request);
  const char* split = ": a table of videos and labels (csv, tsv, jsonl), a store folder, or FILE.npy";
  command.add_option("--train", request.train, std::string("the training split") + split);
  command.add_option("--test", request.test, std::string("the test split") + split);
  const char* labels = ": for a store a table, for FILE.npy one label a line or int64 .npy (default: in the rows)";
  command.add_option("--train-labels", request.train_labels, std::string("its labels") + labels);
  command.add_option("--test-labels", request.test_labels, std::string("its labels") + labels);
  command.add_option("--output", request.output, "folder for the results, and for stores of the features")->required();
  declare(command, request.model);
  declare(command, request.video);
  command.add_flag("--normalize", request.normalize, "videos: features of length 1 (default: their length is kept)");
  command.add_option("--path-col", request.path_column, "column of a table: the video")->capture_default_str();
  command.add_option("--label-col", request.label_column, "column: its label")->capture_default_str();
}

void declare_probe(CLI::App& command, api::ProbeOptions& options) {
  command.add_option_function<std::string>(
      "--method",
      [&options](const std::string& name) {
        probe_method_named(name);
        options.method = name;
      },
      "sgd (the paper's), lbfgs, least-squares or knn (default: sgd)");
  command.add_flag("--standardize", options.standardize, "every dimension to mean 0 and deviation 1 over the training");
  command.add_option("--seed", options.seed, "sgd: of the order of items")->check(at_least(0))->capture_default_str();
  command.add_option("--epochs", options.epochs, "sgd")->capture_default_str();
  command.add_option("--probe-batch", options.batch_size, "sgd: items of a step")->capture_default_str();
  command.add_option("--learning-rate", options.learning_rate, "sgd")->capture_default_str();
  command.add_option("--momentum", options.momentum, "sgd")->capture_default_str();
  command.add_option("--l2", options.l2, "lbfgs, least-squares: weight of |weights|^2 / 2 (default: 1 / items)");
  command.add_option("--iterations", options.iterations, "lbfgs, at most")->capture_default_str();
  command.add_option("-k,--neighbours", options.neighbours, "knn")->capture_default_str();
  command.add_option("--temperature", options.temperature, "knn")->capture_default_str();
}

void declare_all(CLI::App& command, ProbeCommandOptions& options) {
  declare_splits(command, options.request);
  declare_probe(command, options.request.probe);
  command.add_flag("--json", options.json, "one JSON object instead of tables");
}

int run(const ProbeCommandOptions& options) {
  ProgressOnStderr progress;
  const auto [outcome, train, test, probe] = run_probe(options.request, known_hashes(), job_control(progress));
  if (options.json) {
    print_json(probe_json(outcome, train, test, probe));
  } else {
    print_tables(probe_tables(outcome, train, probe));
  }
  return train.missing.empty() && test.missing.empty() ? 0 : kSomeInputsFailed;
}

}  // namespace

void add_probe(CLI::App& app, Action& action) {
  add_command<ProbeCommandOptions>(
      app, action, "probe", "Train a simple classifier on frozen features",
      [](CLI::App& command, ProbeCommandOptions& options) { declare_all(command, options); }, run);
}

}  // namespace tvts::cli
