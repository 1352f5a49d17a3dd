#include "tvts/search/row.h"

#include <array>
#include <cstring>

#include "tvts/data/json_text.h"
#include "tvts/json/fields.h"

namespace tvts {
namespace {

// A row's own start and end are those of its window; the part of the file that was asked for has other names there.
struct PartNames {
  const char* start;
  const char* end;
};
constexpr PartNames kOfRow{"item_start", "item_end"};
constexpr PartNames kOfError{"start", "end"};

Json item_json(const ItemId& item) {
  Json json;
  json["key"] = to_utf8(item.key);
  json.update(path_fields(item.path));
  if (!item.caption.empty()) json["caption"] = to_utf8(item.caption);
  if (!item.label.empty()) json["label"] = to_utf8(item.label);
  return json;
}

void add_version(Json& json, const ItemId& item, const PartNames& names) {
  if (item.start) json[names.start] = *item.start;
  if (item.end) json[names.end] = *item.end;
  json["size"] = item.size;
  json["mtime"] = item.mtime;
}

ItemId item_from(const Json& json, const PartNames& names) {
  ItemId item;
  item.key = optional_field<std::string>(json, "key").value_or("");
  const auto exact_path = optional_field<std::string>(json, "path_bytes");  // where the name is not UTF-8
  item.path = exact_path ? located([&] { return from_hex(*exact_path); }, "field \"path_bytes\"")
                         : field<std::string>(json, "path");
  item.size = optional_field<int64_t>(json, "size").value_or(-1);
  item.mtime = optional_field<int64_t>(json, "mtime").value_or(-1);
  item.start = optional_field<double>(json, names.start);
  item.end = optional_field<double>(json, names.end);
  item.caption = optional_field<std::string>(json, "caption").value_or("");
  item.label = optional_field<std::string>(json, "label").value_or("");
  return item;
}

RowInfo info_from(const Json& json) {
  RowInfo info;
  info.start = field<double>(json, "start");
  info.end = field<double>(json, "end");
  info.duration = optional_field<double>(json, "duration");
  info.fps = optional_field<double>(json, "fps");
  info.frame_seconds = list_field<double>(json, "frame_pts");
  info.frames_promised = optional_field<int64_t>(json, "frames_promised").value_or(-1);
  info.frames_found = optional_field<int64_t>(json, "frames_found").value_or(0);
  info.decode_errors = optional_field<int64_t>(json, "decode_errors").value_or(0);
  info.warnings = list_field<std::string>(json, "warnings");
  info.tokens = optional_field<std::string>(json, "tokens").value_or("");
  if (const auto mean = optional_field<double>(json, "neutral_mean")) {
    info.neutral = {*mean, field<double>(json, "neutral_deviation")};
  }
  return info;
}

void add_place(std::string& place, const std::optional<double>& seconds) {
  std::array<char, sizeof(double)> bytes{};
  if (seconds) std::memcpy(bytes.data(), &*seconds, bytes.size());
  place += seconds ? 'y' : 'n';
  place.append(bytes.data(), bytes.size());
}

}  // namespace

std::string place_of(const ItemId& item) {
  std::string place = item.path;
  add_place(place, item.start);
  add_place(place, item.end);
  return place;
}

std::string row_line(const StoredRow& row) {
  const RowInfo& info = row.info;
  Json json = item_json(row.item);
  json["start"] = info.start;
  json["end"] = info.end;
  if (info.duration) json["duration"] = *info.duration;
  if (info.fps) json["fps"] = *info.fps;
  json["frame_pts"] = info.frame_seconds;
  if (info.frames_promised >= 0) json["frames_promised"] = info.frames_promised;
  json["frames_found"] = info.frames_found;
  json["decode_errors"] = info.decode_errors;
  json["warnings"] = Json::array();
  for (const std::string& warning : info.warnings) json["warnings"].push_back(to_utf8(warning));
  if (!info.tokens.empty()) json["tokens"] = to_utf8(info.tokens);
  add_version(json, row.item, kOfRow);
  if (info.neutral) {
    json["neutral_mean"] = info.neutral->mean;
    json["neutral_deviation"] = info.neutral->deviation;
  }
  if (row.mark == Mark::kReplaced) json["replaced"] = true;
  if (row.mark == Mark::kVanished) json["vanished"] = true;
  return json.dump();
}

std::string error_line(const ItemId& item, const std::string& status, const std::string& error_message) {
  Json json = item_json(item);
  json["status"] = to_utf8(status);
  json["error_message"] = to_utf8(error_message);
  add_version(json, item, kOfError);
  return json.dump();
}

StoredRow parse_row_line(std::string_view line) {
  const Json json = parse_json_object(line);
  StoredRow row{item_from(json, kOfRow), info_from(json), Mark::kNone};
  if (optional_field<bool>(json, "vanished").value_or(false)) row.mark = Mark::kVanished;
  if (optional_field<bool>(json, "replaced").value_or(false)) row.mark = Mark::kReplaced;
  return row;
}

ItemId parse_error_line(std::string_view line) { return item_from(parse_json_object(line), kOfError); }

}  // namespace tvts
