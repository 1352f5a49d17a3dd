#include "tvts/media/inputs/row.h"

#include <array>
#include <cstring>

#include "tvts/core/json/fields.h"
#include "tvts/core/json/json_text.h"
#include "tvts/media/inputs/row_values.h"

namespace tvts {
namespace {

// A row's own start and end are those of its window; the part of the file that was requested has other names there.
struct PartNames {
  const char* start;
  const char* end;
};
constexpr PartNames kOfRow{"item_start", "item_end"};
constexpr PartNames kOfError{"start", "end"};

void add_folder(Json& json, const std::string& folder) {
  bool was_utf8 = true;
  json["folder"] = to_utf8(folder, &was_utf8);
  if (!was_utf8) json["folder_bytes"] = to_hex(folder);
}

// All of them too, where there are several.
void add_texts(Json& json, const char* name, const char* name_of_all, const std::string& first,
               const std::vector<std::string>& more) {
  if (first.empty()) return;
  json[name] = to_utf8(first);
  if (more.empty()) return;
  json[name_of_all] = {to_utf8(first)};
  for (const std::string& text : more) json[name_of_all].push_back(to_utf8(text));
}

Json item_json(const ItemId& item) {
  Json json;
  json["key"] = to_utf8(item.key);
  json.update(path_fields(item.path));
  if (!item.folder.empty()) add_folder(json, item.folder);
  add_texts(json, "caption", "captions", item.caption, item.more_captions);
  add_texts(json, "label", "labels", item.label, item.more_labels);
  return json;
}

void add_version(Json& json, const ItemId& item, const PartNames& names) {
  if (item.start) json[names.start] = *item.start;
  if (item.end) json[names.end] = *item.end;
  json["size"] = item.size;
  json["mtime"] = item.mtime;
}

// Raw bytes: as hexadecimal digits where they are not UTF-8.
std::optional<std::string> bytes_field(const Json& json, const char* name, const char* name_of_bytes) {
  const auto exact = optional_field<std::string>(json, name_of_bytes);
  if (exact) return located([&] { return from_hex(*exact); }, concat("field \"", name_of_bytes, "\""));
  return optional_field<std::string>(json, name);
}

std::vector<std::string> texts_after_first(const Json& json, const char* name_of_all) {
  std::vector<std::string> all = list_field<std::string>(json, name_of_all);
  if (!all.empty()) all.erase(all.begin());
  return all;
}

ItemId item_from(const Json& json, const PartNames& names) {
  ItemId item;
  item.key = optional_field<std::string>(json, "key").value_or("");
  auto path = bytes_field(json, "path", "path_bytes");
  if (!path) fail_input("field \"path\" is missing");
  item.path = *std::move(path);
  item.folder = bytes_field(json, "folder", "folder_bytes").value_or("");
  item.size = size_field(json, "size").value_or(-1);
  item.mtime = optional_field<int64_t>(json, "mtime").value_or(-1);
  item.start = seconds_field(json, names.start);
  item.end = seconds_field(json, names.end);
  item.caption = optional_field<std::string>(json, "caption").value_or("");
  item.label = optional_field<std::string>(json, "label").value_or("");
  item.more_captions = texts_after_first(json, "captions");
  item.more_labels = texts_after_first(json, "labels");
  return item;
}

double required(const std::optional<double>& seconds, const char* name) {
  if (!seconds) fail_input("field \"", name, "\" is missing");
  return *seconds;
}

RowInfo info_from(const Json& json) {
  RowInfo info;
  info.start = required(video_seconds_field(json, "start"), "start");
  info.end = required(video_seconds_field(json, "end"), "end");
  info.duration = video_seconds_field(json, "duration");
  info.fps = optional_field<double>(json, "fps");
  info.frame_seconds = frame_times_field(json, "frame_pts");
  info.frames_promised = size_field(json, "frames_promised").value_or(-1);
  info.frames_found = count_field(json, "frames_found").value_or(0);
  info.decode_errors = count_field(json, "decode_errors").value_or(0);
  info.warnings = list_field<std::string>(json, "warnings");
  info.tokens = optional_field<std::string>(json, "tokens").value_or("");
  if (const auto mean = optional_field<double>(json, "neutral_mean")) {
    info.neutral = {*mean, field<double>(json, "neutral_deviation")};
  }
  return info;
}

void add_bytes(std::string& part, const std::optional<double>& seconds) {
  std::array<char, sizeof(double)> bytes{};
  const double value = seconds.value_or(0) + 0.0;  // -0 is 0
  std::memcpy(bytes.data(), &value, bytes.size());
  part += seconds ? 'y' : 'n';
  part.append(bytes.data(), bytes.size());
}

}  // namespace

std::string part_of(const ItemId& item) {
  std::string part;
  add_bytes(part, item.start);
  add_bytes(part, item.end);
  return part;
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
  check_row(row);
  if (optional_field<bool>(json, "vanished").value_or(false)) row.mark = Mark::kVanished;
  if (optional_field<bool>(json, "replaced").value_or(false)) row.mark = Mark::kReplaced;
  return row;
}

ItemId parse_error_line(std::string_view line) { return item_from(parse_json_object(line), kOfError); }

}  // namespace tvts
