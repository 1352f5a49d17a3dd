#include "cli/probe_splits.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "cli/runtime.h"
#include "cli/store_embedding.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/media/inputs/media_names.h"

namespace tvts::cli {
namespace {

constexpr const char* kBenchmarks[] = {"hmdb51", "ucf101", "k400"};  // those that have lists of training videos

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
  explicit Splits(const ProbeSource& source) : source_(source) {}

  ProbeSet read(const char* name, const std::string& path, const std::string& labels) {
    switch (form_of(path, labels)) {
      case SplitForm::kRows: return read_feature_rows(path, labels);
      case SplitForm::kStore: return of_store(path, labels);
      case SplitForm::kVideos: break;
    }
    if (!std::filesystem::exists(path)) fail_input("cannot open ", path, ": no such file or folder");
    if (!labels.empty()) fail_usage("--", name, "-labels: a table of videos has its labels in a column of its own");
    const ItemList items({path}, source_.lists, "");
    return embedded(name, items, labels_of(path, items));
  }

  ProbeSet read(const char* name, const Benchmark& benchmark) {
    for (const std::string& warning : benchmark.warnings)
      log_warning(concat(benchmark.name, ", ", name, ": ", warning));
    std::vector<std::string> there;
    std::vector<ItemId> labelled;
    for (std::size_t i = 0; i < benchmark.videos.size(); ++i) {
      const BenchmarkVideo& video = benchmark.videos[i];
      labelled.push_back({.path = video.path, .label = benchmark.classes[benchmark.answers[i]]});
      if (video.problem.empty()) there.push_back(video.path);
    }
    if (there.empty())
      fail_input(benchmark.name, ": none of the ", name, " videos is there: ", benchmark.videos[0].problem);
    return embedded(name, ItemList(there, {.format = InputFormat::kFiles}, ""), {labelled, benchmark.name});
  }

 private:
  LabelsOfItems labels_of(const std::string& path, const ItemList& items) const {
    return {items.ids(), concat(path, ", column ", source_.lists.label_column)};
  }

  ProbeSet of_store(const std::string& path, const std::string& labels) const {
    if (labels.empty()) return read_feature_store(path, nullptr);
    if (!std::filesystem::exists(labels))
      fail_input("cannot open ", labels, ": no such file; expected a table of labels");
    const LabelsOfItems listed = labels_of(labels, ItemList({labels}, source_.lists, ""));
    return read_feature_store(path, &listed);
  }

  ProbeSet embedded(const char* name, const ItemList& items, const LabelsOfItems& labels) {
    const StoreJob job = {.dir = source_.output + "/" + name, .items = items, .embed = embed_options()};
    embed_into_store(job, *model_);
    return read_feature_store(job.dir, &labels);
  }

  EmbedOptions embed_options() {
    if (!model_) model_.emplace(load(with_precision_of_store(source_.model, source_.output + "/train")));
    EmbedOptions embed = resolve(source_.video, model_->spec);
    embed.normalize = source_.normalize;
    return embed;
  }

  const ProbeSource& source_;
  std::optional<PretrainedModel> model_;
};

void declare_benchmark(CLI::App& command, ProbeSource& source) {
  command.add_option("BENCHMARK", source.benchmark, "hmdb51, ucf101 or k400: its training and test videos")
      ->check(CLI::IsMember(std::vector<std::string>(std::begin(kBenchmarks), std::end(kBenchmarks))));
  BenchmarkOptions& data = source.data;
  command.add_option("--data", data.data, "folder of the benchmark");
  command.add_option("--annotations", data.annotations, "file or folder (default: looked for in --data)");
  command.add_option("--videos", data.videos, "folder of the videos (default: the usual folders in --data)");
  command.add_option("--classes", data.classes, "file of class names");
  command.add_option("--split", data.split, "of HMDB-51 and UCF-101")->check(CLI::Range(1, 3))->capture_default_str();
}

void check(const ProbeSource& source) {
  if (source.output.empty()) fail_usage("--output is empty; expected a folder");
  const int lists = static_cast<int>(!source.train.empty()) + static_cast<int>(!source.test.empty());
  if (lists != (source.benchmark.empty() ? 2 : 0)) {
    fail_usage("expected a benchmark with --data, or both --train and --test");
  }
  if (source.benchmark.empty() != source.data.data.empty()) fail_usage("a benchmark and --data go together");
}

}  // namespace

void declare(CLI::App& command, ProbeSource& source) {
  declare_benchmark(command, source);
  const char* split = ": a table of videos and labels (csv, tsv, jsonl), a store folder, or FILE.npy";
  command.add_option("--train", source.train, std::string("the training split") + split);
  command.add_option("--test", source.test, std::string("the test split") + split);
  const char* labels = ": for a store a table, for FILE.npy one label a line or int64 .npy (default: in the rows)";
  command.add_option("--train-labels", source.train_labels, std::string("its labels") + labels);
  command.add_option("--test-labels", source.test_labels, std::string("its labels") + labels);
  command.add_option("--output", source.output, "folder for the results, and for stores of the features")->required();
  declare(command, source.model);
  declare(command, source.video);
  command.add_flag("--normalize", source.normalize, "videos: features of length 1 (default: their length is kept)");
  command.add_option("--path-col", source.lists.path_column, "column of a table: the video")->capture_default_str();
  command.add_option("--label-col", source.lists.label_column, "column: its label")->capture_default_str();
}

std::pair<ProbeSet, ProbeSet> read_splits(const ProbeSource& source) {
  check(source);
  Splits splits(source);
  if (source.benchmark.empty()) {
    ProbeSet train = splits.read("train", source.train, source.train_labels);
    return {std::move(train), splits.read("test", source.test, source.test_labels)};
  }
  BenchmarkOptions of_train = source.data;
  of_train.part = BenchmarkPart::kTrain;
  const Benchmark train = open_benchmark(source.benchmark, of_train);
  const Benchmark test = open_benchmark(source.benchmark, source.data);  // before the long work
  ProbeSet train_set = splits.read("train", train);
  return {std::move(train_set), splits.read("test", test)};
}

}  // namespace tvts::cli
