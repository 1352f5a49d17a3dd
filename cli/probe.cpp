// tvts probe: what a simple classifier makes of frozen features.
#include <filesystem>

#include "cli/commands.h"
#include "cli/model_options.h"
#include "cli/output.h"
#include "cli/runtime.h"
#include "cli/store_embedding.h"
#include "cli/video_options.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/data/media_names.h"
#include "tvts/probe/probe_files.h"
#include "tvts/probe/probe_report.h"

namespace tvts::cli {
namespace {

struct ProbeCommandOptions {
  std::string train, test;
  std::string train_labels, test_labels;
  ModelOptions model;
  VideoOptions video;
  tvts::InputOptions lists;
  bool normalize = false;
  ProbeOptions probe;
  std::string output;
  bool json = false;
};

void declare_probe(CLI::App& command, ProbeOptions& options) {
  command.add_option_function<std::string>(
      "--method", [&options](const std::string& name) { options.method = probe_method_named(name); },
      "sgd (the paper's), lbfgs, least-squares or knn (default: sgd)");
  command.add_flag("--standardize", options.standardize, "every dimension to mean 0 and deviation 1 over the training");
  command.add_option("--seed", options.seed, "sgd: of the order of items")->capture_default_str();
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
  const char* split = ": a table of videos and labels (csv, tsv, jsonl), a store folder, or FILE.npy";
  command.add_option("--train", options.train, std::string("the training split") + split)->required();
  command.add_option("--test", options.test, std::string("the test split") + split)->required();
  const char* labels = ": for a store a table, for FILE.npy one label a line or int64 .npy (default: in the rows)";
  command.add_option("--train-labels", options.train_labels, std::string("its labels") + labels);
  command.add_option("--test-labels", options.test_labels, std::string("its labels") + labels);
  command.add_option("--output", options.output, "folder for the results, and for stores of the features")->required();
  declare_probe(command, options.probe);
  declare(command, options.model);
  declare(command, options.video);
  command.add_flag("--normalize", options.normalize, "videos: features of length 1 (default: their length is kept)");
  command.add_option("--path-col", options.lists.path_column, "column of a table: the video")->capture_default_str();
  command.add_option("--label-col", options.lists.label_column, "column: its label")->capture_default_str();
  command.add_flag("--json", options.json, "one JSON object instead of tables");
}

enum class SplitForm { kVideos, kStore, kRows };

SplitForm form_of(const std::string& path, const std::string& labels) {
  // v.npy with v.jsonl beside it is a store too: its rows have names, which a table of labels can name.
  const bool by_name = labels.empty() || kind_of_name(labels) == NameKind::kTable;
  if (path.ends_with(".npy")) return by_name ? SplitForm::kStore : SplitForm::kRows;
  return std::filesystem::is_directory(path) ? SplitForm::kStore : SplitForm::kVideos;
}

// The features of each split, embedding what is not there yet.
class Splits {
 public:
  explicit Splits(const ProbeCommandOptions& options) : options_(options) {}

  ProbeSet read(const char* name, const std::string& path, const std::string& labels) {
    switch (form_of(path, labels)) {
      case SplitForm::kRows: return read_feature_rows(path, labels);
      case SplitForm::kStore: return of_store(path, labels);
      case SplitForm::kVideos: break;
    }
    if (!labels.empty()) fail_usage("--", name, "-labels: a table of videos has its labels in a column of its own");
    return of_videos(name, path);
  }

 private:
  LabelsOfItems labels_of(const std::string& path, const ItemList& items) const {
    return {items.ids(), concat(path, ", column ", options_.lists.label_column)};
  }

  ProbeSet of_store(const std::string& path, const std::string& labels) const {
    if (labels.empty()) return read_feature_store(path, nullptr);
    const LabelsOfItems listed = labels_of(labels, ItemList({labels}, options_.lists, ""));
    return read_feature_store(path, &listed);
  }

  ProbeSet of_videos(const char* name, const std::string& path) {
    const StoreEmbedding job = {.dir = options_.output + "/" + name,
                                .items = ItemList({path}, options_.lists, ""),
                                .store = {},
                                .embed = embed_options(),
                                .model = options_.model};
    const LabelsOfItems listed = labels_of(path, job.items);  // before the long work
    embed_into_store(job, *model_);
    return read_feature_store(job.dir, &listed);
  }

  EmbedOptions embed_options() {
    if (!model_) model_.emplace(load(options_.model));
    EmbedOptions embed = resolve(options_.video, model_->spec);
    embed.normalize = options_.normalize;
    return embed;
  }

  const ProbeCommandOptions& options_;
  std::optional<PretrainedModel> model_;
};

void warn_of_missing(const ProbeSet& set) {
  if (set.unlabelled > 0) log_info(concat(set.name, ": ", set.unlabelled, " rows without a label were left out"));
  if (set.missing.empty()) return;
  log_warning(concat(set.name, ": ", set.missing.size(), " labelled items have no features, such as ",
                     set.missing.front(), "; probe.json names them all"));
}

int run(const ProbeCommandOptions& options) {
  validate(options.probe);
  at::set_num_threads(static_cast<int>(thread_count()));
  Splits splits(options);
  const ProbeSet train = splits.read("train", options.train, options.train_labels);
  const ProbeSet test = splits.read("test", options.test, options.test_labels);
  for (const ProbeSet* set : {&train, &test}) warn_of_missing(*set);
  log_info(described_features(train) + " " + recipe(options.probe));
  const bool counts_items = options.probe.method == ProbeMethod::kNeighbours;
  Progress progress(counts_items ? "items" : "passes over the training items", std::nullopt);
  const ProbeOutcome outcome = run_probe(train, test, options.probe, [&](std::int64_t done, double) {
    throw_if_stopped();
    progress.update({.done = static_cast<std::size_t>(done)});
  });
  progress.finish();
  write_probe(options.output, outcome, train, test, options.probe);
  log_info(concat("wrote ", options.output, "/probe.json, probe.html and predictions.jsonl"));
  if (options.json) {
    print_json(probe_json(outcome, train, test, options.probe));
  } else {
    print_tables(probe_tables(outcome, train, options.probe));
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
