#include "tvts/evaluate/probe/probe_files.h"

#include <filesystem>

#include "tvts/core/error.h"
#include "tvts/core/folders.h"
#include "tvts/core/json/json_text.h"
#include "tvts/core/version.h"
#include "tvts/core/whole_file.h"
#include "tvts/evaluate/probe/probe_report.h"
#include "tvts/metrics/top_k_indices.h"
#include "tvts/model/weights/safetensors.h"

namespace tvts {
namespace {

constexpr std::size_t kPredictions = 5;  // kept of each item

Json set_json(const ProbeSet& set) {
  Json json = {{"features", to_utf8(set.name)}, {"rows", set.labels.size()}, {"dimensions", set.features.size(1)}};
  json["rows_without_label"] = set.unlabelled;
  json["missing"] = Json::array();
  for (const std::string& path : set.missing) json["missing"].push_back(to_utf8(path));
  if (set.header) json["store"] = parse_json(to_json(*set.header));
  return json;
}

Json options_json(const ProbeOptions& options) {
  Json json = {{"method", to_string(options.method)}, {"standardize", options.standardize}};
  switch (options.method) {
    case ProbeMethod::kSgd:
      json.update(Json{{"epochs", options.epochs},
                       {"batch_size", options.batch_size},
                       {"learning_rate", options.learning_rate},
                       {"momentum", options.momentum},
                       {"weight_decay", 0},
                       {"seed", options.seed}});
      break;
    case ProbeMethod::kLbfgs: json["iterations"] = options.iterations; [[fallthrough]];
    case ProbeMethod::kLeastSquares: json["l2"] = options.l2 ? Json(*options.l2) : Json("1 / training items"); break;
    case ProbeMethod::kNeighbours:
      json["neighbours"] = options.neighbours;
      json["temperature"] = options.temperature;
      break;
  }
  return json;
}

Json prediction(const ProbeOutcome& outcome, const ProbeSet& test, std::size_t row) {
  const std::size_t classes = outcome.classes.size();
  const std::span<const float> scores = std::span(outcome.scores).subspan(row * classes, classes);
  const ProbeItem& item = test.items[row];
  Json line = {{"row", row}};
  if (!item.path.empty()) {
    line.update(path_fields(item.path));
    line["start"] = item.start;
    line["end"] = item.end;
  }
  line["label"] = to_utf8(test.labels[row]);
  line["credit"] = top_k_credit(scores, outcome.right[row], 1);
  line["best"] = Json::array();
  for (const std::size_t one : top_k_indices(scores, kPredictions)) {
    line["best"].push_back({{"label", to_utf8(outcome.classes[one])}, {"score", scores[one]}});
  }
  return line;
}

void write_weights(const std::string& path, const ProbeOutcome& outcome, const ProbeOptions& options) {
  const std::vector<std::pair<std::string, at::Tensor>> tensors = {{"weight", outcome.linear->weight.contiguous()},
                                                                   {"bias", outcome.linear->bias.contiguous()}};
  std::vector<TensorEntry> entries;
  for (const auto& [name, tensor] : tensors) entries.push_back({.name = name, .shape = tensor.sizes().vec()});
  Json classes = Json::array();
  for (const std::string& name : outcome.classes) classes.push_back(to_utf8(name));
  const std::map<std::string, std::string> metadata = {
      {"format", "tvts-probe"}, {"classes", classes.dump()}, {"probe", options_json(options).dump()}};
  write_safetensors(path, entries, metadata, [&](std::size_t entry) {
    const at::Tensor& tensor = tensors[entry].second;
    return Bytes(static_cast<const std::byte*>(tensor.const_data_ptr()), tensor.nbytes());
  });
}

}  // namespace

Json probe_json(const ProbeOutcome& outcome, const ProbeSet& train, const ProbeSet& test, const ProbeOptions& options) {
  Json json = {{"format", "tvts-probe-results"}, {"version", 1}, {"tvts", version()}};
  json["probe"] = options_json(options);
  json["recipe"] = recipe(options);
  json["features"] = described_features(train);
  json["train"] = set_json(train);
  json["test"] = set_json(test);
  json["results"] = {{"items", outcome.accuracy.items}, {"top1", outcome.accuracy.top1},
                     {"top1_low", outcome.top1.low},    {"top1_high", outcome.top1.high},
                     {"top5", outcome.accuracy.top5},   {"mean_per_class", outcome.mean_per_class}};
  json["losses"] = outcome.losses;
  json["classes"] = Json::array();
  for (std::size_t i = 0; i < outcome.classes.size(); ++i) {
    const ClassAccuracy& one = outcome.per_class[i];
    json["classes"].push_back({{"label", to_utf8(outcome.classes[i])}, {"items", one.items}, {"top1", one.top1}});
  }
  return json;
}

void write_probe(const std::string& dir, const ProbeOutcome& outcome, const ProbeSet& train, const ProbeSet& test,
                 const ProbeOptions& options) {
  make_folder(dir);
  remove_leftovers(dir);
  remove_file(dir + "/probe.json");  // written last: it says that the others belong together
  const std::string weights = dir + "/probe.safetensors";
  if (outcome.linear) {
    write_weights(weights, outcome, options);
  } else {
    remove_file(weights);  // of another method before
  }
  WholeFile predictions(dir + "/predictions.jsonl");
  for (std::size_t row = 0; row < test.labels.size(); ++row) {
    predictions.write(prediction(outcome, test, row).dump() + "\n");
  }
  predictions.commit();
  write_whole_file(dir + "/probe.html", html_page(probe_page(outcome, train, options)));
  write_whole_file(dir + "/probe.json", probe_json(outcome, train, test, options).dump(1) + "\n");
}

}  // namespace tvts
