#include "tvts/results/evaluation_json.h"

#include <filesystem>

#include "tvts/core/error.h"
#include "tvts/core/folders.h"
#include "tvts/core/input_file.h"
#include "tvts/core/whole_file.h"
#include "tvts/data/json_text.h"
#include "tvts/json/fields.h"
#include "tvts/results/protocol.h"

namespace tvts {
namespace {

constexpr char kFormat[] = "tvts-evaluation";
constexpr std::int64_t kVersion = 1;

Json measure_json(const Measure& measure) {
  Json json = {{"key", measure.key}, {"title", measure.title}, {"value", measure.value}};
  if (measure.interval) {
    json["low"] = measure.interval->low;
    json["high"] = measure.interval->high;
  }
  return json;
}

std::string item_line(const EvaluationItem& item) {
  Json json = {{"question", item.question},
               {"video", to_utf8(item.video)},
               {"text", to_utf8(item.text)},
               {"credit", item.credit},
               {"rank", item.rank}};
  if (item.dsl_rank) json["dsl_rank"] = *item.dsl_rank;
  json["predictions"] = Json::array();
  for (const Prediction& prediction : item.predictions) {
    json["predictions"].push_back({{"text", to_utf8(prediction.text)}, {"score", prediction.score}});
  }
  return json.dump() + "\n";
}

EvaluationItem parse_item(std::string_view line) {
  const Json json = parse_json_object(line);
  return {.question = field<std::string>(json, "question"),
          .video = field<std::string>(json, "video"),
          .text = field<std::string>(json, "text"),
          .credit = field<double>(json, "credit"),
          .rank = field<double>(json, "rank"),
          .dsl_rank = optional_field<double>(json, "dsl_rank")};
}

}  // namespace

Json evaluation_json(const Manifest& manifest, const Evaluation& evaluation) {
  Json json = {
      {"format", kFormat}, {"version", kVersion}, {"manifest", manifest_json(manifest)}, {"measures", Json::array()}};
  for (const Measure& measure : evaluation.measures) json["measures"].push_back(measure_json(measure));
  json["differences"] = differences_from_paper(manifest);
  json["classes"] = Json::array();
  for (const ClassResult& result : evaluation.classes) {
    json["classes"].push_back(
        {{"name", to_utf8(result.name)}, {"items", result.accuracy.items}, {"top1", result.accuracy.top1}});
  }
  return json;
}

void write_missing(const std::string& folder, const std::vector<MissingItem>& missing) {
  const std::string path = folder + "/missing.jsonl";
  if (missing.empty()) {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    return;
  }
  make_folder(folder);
  std::string lines;
  for (const MissingItem& item : missing) {
    const Json json = {
        {"video", to_utf8(item.video)}, {"status", item.status}, {"error_message", to_utf8(item.reason)}};
    lines += json.dump() + "\n";
  }
  write_whole_file(path, lines);
}

void write_evaluation(const std::string& folder, const Manifest& manifest, const Evaluation& evaluation) {
  make_folder(folder);
  remove_leftovers(folder);
  write_missing(folder, manifest.missing);
  WholeFile items(folder + "/items.jsonl"), result(folder + "/result.json");
  for (const EvaluationItem& item : evaluation.items) items.write(item_line(item));
  result.write(evaluation_json(manifest, evaluation).dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  commit_together({&items, &result});
}

WrittenEvaluation read_evaluation(const std::string& folder) {
  WrittenEvaluation written;
  const std::string path = folder + "/result.json";
  located(
      [&] {
        const Json json = parse_json_object(read_file(path));
        if (field<std::string>(json, "format") != kFormat) fail_input("it is no result of tvts eval");
        const Json manifest = json.value("manifest", Json::object());
        written.benchmark = field<std::string>(manifest, "benchmark");
        written.split_sha256 = field<std::string>(manifest, "split_sha256");
        written.precision = manifest.value("/embedding/precision"_json_pointer, "");
        return 0;
      },
      path);
  const std::string items = folder + "/items.jsonl";
  for_each_line(read_file(items, std::size_t{4} << 30), items,
                [&](std::string_view line) { written.items.push_back(parse_item(line)); });
  return written;
}

}  // namespace tvts
