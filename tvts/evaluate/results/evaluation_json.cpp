#include "tvts/evaluate/results/evaluation_json.h"

#include <cmath>
#include <filesystem>
#include <optional>
#include <span>

#include "tvts/core/error.h"
#include "tvts/core/folders.h"
#include "tvts/core/input_file.h"
#include "tvts/core/json/fields.h"
#include "tvts/core/json/json_text.h"
#include "tvts/core/json/struct_fields.h"
#include "tvts/core/whole_file.h"
#include "tvts/evaluate/results/protocol.h"
#include "tvts/model/weights/sha256.h"

namespace tvts {
namespace {

constexpr char kFormat[] = "tvts-evaluation";
constexpr std::int64_t kVersion = 2;  // 1: without "items"

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

void check_rank(double rank, const char* name) {
  if (!std::isfinite(rank) || rank < 1) fail_input("field \"", name, "\" is ", rank, ", expected a rank, 1 or more");
}

EvaluationItem parse_item(std::string_view line) {
  const Json json = parse_json_object(line);
  EvaluationItem item = {.question = field<std::string>(json, "question"),
                         .video = field<std::string>(json, "video"),
                         .text = field<std::string>(json, "text"),
                         .credit = field<double>(json, "credit"),
                         .rank = field<double>(json, "rank"),
                         .dsl_rank = optional_field<double>(json, "dsl_rank")};
  if (!(item.credit >= 0 && item.credit <= 100)) {
    fail_input("field \"credit\" is ", item.credit, ", expected percent, 0 to 100");
  }
  check_rank(item.rank, "rank");
  if (item.dsl_rank) check_rank(*item.dsl_rank, "dsl_rank");
  return item;
}

const Json& object_field(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_object()) fail_input("found no object \"", name, "\", expected one");
  return *found;
}

void check_version(const Json& json) {
  if (field<std::string>(json, "format") != kFormat) fail_input("it is no result of tvts eval");
  const auto version = field<std::int64_t>(json, "version");
  if (version >= 1 && version <= kVersion) return;
  fail_input("found version ", version, ", this program reads 1 to ", kVersion,
             "; use the tvts that wrote it, or newer");
}

// The check in result.json of items.jsonl, which detects one that was cut or exchanged.
struct ItemsSeal {
  std::int64_t count = 0;
  std::string sha256;
};

void check_items(const WrittenEvaluation& written, const ItemsSeal& seal, const std::string& text,
                 const std::string& path) {
  const auto found = static_cast<std::int64_t>(written.items.size());
  const bool is_same = found == seal.count && sha256_hex(std::as_bytes(std::span(text))) == seal.sha256;
  if (is_same) return;
  const std::string what = found == seal.count ? "other items" : concat(found, " items");
  fail_input(path, ": found ", what, ", expected the ", seal.count,
             " that result.json was written with; it was cut or ", "changed: run the same tvts eval again");
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
  std::string lines;
  for (const EvaluationItem& item : evaluation.items) lines += item_line(item);
  Json json = evaluation_json(manifest, evaluation);
  json["items"] = {{"count", evaluation.items.size()}, {"sha256", sha256_hex(std::as_bytes(std::span(lines)))}};
  WholeFile items(folder + "/items.jsonl"), result(folder + "/result.json");
  items.write(lines);
  result.write(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  commit_together({&items, &result});
}

WrittenEvaluation read_evaluation(const std::string& folder) {
  WrittenEvaluation written;
  const std::string path = folder + "/result.json";
  const Json json = fields::parse_object(read_file(path), path, "a result: run the same tvts eval again");
  std::optional<ItemsSeal> seal;  // version 1 had none
  located(
      [&] {
        check_version(json);
        const Json& manifest = object_field(json, "manifest");
        written.benchmark = field<std::string>(manifest, "benchmark");
        written.split_sha256 = field<std::string>(manifest, "split_sha256");
        const auto embedding = manifest.find("embedding");
        const bool has_embedding = embedding != manifest.end() && !embedding->is_null();
        if (has_embedding) written.precision = field<std::string>(object_field(manifest, "embedding"), "precision");
        if (field<std::int64_t>(json, "version") > 1) {
          const Json& items = object_field(json, "items");
          seal = {field<std::int64_t>(items, "count"), field<std::string>(items, "sha256")};
        }
        return 0;
      },
      path);
  const std::string items = folder + "/items.jsonl";
  const std::string text = read_file(items, std::size_t{4} << 30);
  for_each_line(text, items, [&](std::string_view line) { written.items.push_back(parse_item(line)); });
  if (seal) check_items(written, *seal, text, items);
  return written;
}

}  // namespace tvts
