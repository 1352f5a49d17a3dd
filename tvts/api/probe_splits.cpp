#include "tvts/api/probe_splits.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "tvts/api/fill_store.h"
#include "tvts/api/open_model.h"
#include "tvts/api/store_model.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/core/throw_if_stopped.h"
#include "tvts/evaluate/benchmarks/open_benchmark.h"
#include "tvts/media/inputs/media_names.h"

namespace tvts {
namespace {

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
  Splits(const api::ProbeRequest& request, const KnownHashes& hashes, const JobControl& control)
      : request_(request), hashes_(hashes), control_(control) {}

  ProbeSet read(const char* name, const std::string& path, const std::string& labels) {
    switch (form_of(path, labels)) {
      case SplitForm::kRows: return read_feature_rows(path, labels);
      case SplitForm::kStore: return of_store(path, labels);
      case SplitForm::kVideos: break;
    }
    if (!std::filesystem::exists(path)) fail_input("cannot open ", path, ": no such file or folder");
    if (!labels.empty()) fail_usage("--", name, "-labels: a table of videos has its labels in a column of its own");
    const ItemList items({path}, columns(), "");
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
  InputOptions columns() const { return {.path_column = request_.path_column, .label_column = request_.label_column}; }

  LabelsOfItems labels_of(const std::string& path, const ItemList& items) const {
    return {items.ids(), concat(path, ", column ", request_.label_column)};
  }

  ProbeSet of_store(const std::string& path, const std::string& labels) const {
    if (labels.empty()) return read_feature_store(path, nullptr);
    if (!std::filesystem::exists(labels))
      fail_input("cannot open ", labels, ": no such file; expected a table of labels");
    const LabelsOfItems listed = labels_of(labels, ItemList({labels}, columns(), ""));
    return read_feature_store(path, &listed);
  }

  ProbeSet embedded(const char* name, const ItemList& items, const LabelsOfItems& labels) {
    const StoreJob job = {.dir = request_.output + "/" + name, .items = items, .embed = embedding()};
    embed_into_store(job, *model_, hashes_, control_);
    return read_feature_store(job.dir, &labels);
  }

  EmbedOptions embedding() {
    if (!model_) load();
    EmbedOptions embed = embed_options(request_.video, model_->spec, control_.threads);
    embed.normalize = request_.normalize;
    return embed;
  }

  void load() {
    api::LoadOptions options = request_.model.options;
    use_precision_of_store(options, request_.output + "/train");
    model_.emplace(open_model(request_.model.file, options));
    throw_if_stopped(control_.stop);
    log(std::exchange(model_->remarks, {}));
  }

  const api::ProbeRequest& request_;
  const KnownHashes& hashes_;
  const JobControl& control_;
  std::optional<PretrainedModel> model_;
};

void check(const api::ProbeRequest& request) {
  if (request.output.empty()) fail_usage("--output is empty; expected a folder");
  const int lists = static_cast<int>(!request.train.empty()) + static_cast<int>(!request.test.empty());
  if (lists != (request.benchmark.empty() ? 2 : 0)) {
    fail_usage("expected a benchmark with --data, or both --train and --test");
  }
  if (request.benchmark.empty() != request.data.empty()) fail_usage("a benchmark and --data go together");
  if (!request.benchmark.empty() && std::ranges::count(kProbedBenchmarks, request.benchmark) == 0) {
    fail_usage(request.benchmark, " has no list of training videos; expected hmdb51, ucf101 or k400");
  }
}

// Of the training part or of the test part.
BenchmarkOptions options_of(const api::ProbeRequest& request, BenchmarkPart part) {
  return {.data = request.data,
          .annotations = request.annotations,
          .videos = request.videos,
          .classes = request.classes,
          .split = request.split,
          .part = part};
}

}  // namespace

std::pair<ProbeSet, ProbeSet> read_splits(const api::ProbeRequest& request, const KnownHashes& hashes,
                                          const JobControl& control) {
  check(request);
  Splits splits(request, hashes, control);
  if (request.benchmark.empty()) {
    ProbeSet train = splits.read("train", request.train, request.train_labels);
    return {std::move(train), splits.read("test", request.test, request.test_labels)};
  }
  const Benchmark train = open_benchmark(request.benchmark, options_of(request, BenchmarkPart::kTrain));
  const Benchmark test =
      open_benchmark(request.benchmark, options_of(request, BenchmarkPart::kTest));  // before the long work
  ProbeSet train_set = splits.read("train", train);
  return {std::move(train_set), splits.read("test", test)};
}

}  // namespace tvts
