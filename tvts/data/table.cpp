#include "tvts/data/table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <optional>

#include "tvts/core/error.h"
#include "tvts/data/csv.h"
#include "tvts/data/json_text.h"
#include "tvts/data/media_names.h"
#include "tvts/json/parse_json.h"

namespace tvts {
namespace {

// The text in a row's column; nothing where there is no such column.
using Columns = std::function<std::optional<std::string>(const std::string& column)>;

std::optional<double> seconds(const std::optional<std::string>& text, const std::string& column) {
  if (!text || text->empty()) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size() || !std::isfinite(value) || value < 0) {
    fail_input("found the ", column, " \"", text->substr(0, 40), "\", expected seconds, 0 or more");
  }
  return value;
}

// All but the path. Throws Error(kInput).
void fill(MediaItem& item, const Columns& row, const InputOptions& options) {
  item.key = row("key").value_or("");
  item.caption = row(options.caption_column).value_or("");
  item.label = row(options.label_column).value_or("");
  item.start_seconds = seconds(row(options.start_column), options.start_column);
  item.end_seconds = seconds(row(options.end_column), options.end_column);
  if (item.end_seconds && *item.end_seconds <= item.start_seconds.value_or(0)) {
    fail_input("found an end of ", *item.end_seconds, " s, expected one after the start");
  }
}

// The item that make() gives, or the error that it throws.
MediaItem row_item(const std::string& where, const std::function<void(MediaItem&)>& make) {
  MediaItem item;
  try {
    make(item);
    if (item.path.empty()) fail_input("found no path");
  } catch (const Error& error) {
    item.error = where + ": " + error.what();
    if (item.path.empty()) item.path = where;
  }
  return item;
}

// A column that was asked for by another name than the default has to be there.
void check_columns(const CsvRecord& header, const std::string& name, const InputOptions& options) {
  const InputOptions defaults;
  for (const auto column : {&InputOptions::caption_column, &InputOptions::label_column, &InputOptions::start_column,
                            &InputOptions::end_column}) {
    if (options.*column != defaults.*column) find_column(header, options.*column, name);
  }
}

std::vector<MediaItem> read_separated(std::string_view text, const std::string& name, char delimiter,
                                      const InputOptions& options) {
  CsvReader reader(text, name, {.delimiter = delimiter});
  const auto header = reader.next();
  if (!header) return {};
  const std::size_t path_column = find_column(*header, options.path_column, name);
  check_columns(*header, name, options);
  std::vector<MediaItem> items;
  while (const auto record = reader.next()) {
    const Columns row = [&](const std::string& column) -> std::optional<std::string> {
      for (std::size_t i = 0; i < record->fields.size(); ++i) {
        if (header->fields[i] == column) return record->fields[i];
      }
      return std::nullopt;
    };
    items.push_back(row_item(concat(name, ":", record->line), [&](MediaItem& item) {
      if (path_column < record->fields.size()) item.path = record->fields[path_column];
      if (record->fields.size() != header->fields.size()) {
        fail_input("found ", record->fields.size(), " fields, expected ", header->fields.size(), " as in the header");
      }
      fill(item, row, options);
    }));
  }
  return items;
}

std::optional<std::string> json_text(const Json& object, const std::string& column) {
  const auto value = object.find(column);
  if (value == object.end() || value->is_null()) return std::nullopt;
  return value->is_string() ? value->get<std::string>() : value->dump();
}

MediaItem json_item(std::string_view line, const std::string& where, const InputOptions& options) {
  return row_item(where, [&](MediaItem& item) {
    const Json object = parse_json_object(line);
    item.path = path_from_fields(object, options.path_column);
    const Columns row = [&](const std::string& column) {
      auto value = json_text(object, column);
      // In our own errors.jsonl the part of the video that was asked for has these names.
      if (!value && column == options.start_column) value = json_text(object, "item_start");
      if (!value && column == options.end_column) value = json_text(object, "item_end");
      return value;
    };
    fill(item, row, options);
  });
}

std::vector<MediaItem> read_json_lines(std::string_view text, const std::string& name, const InputOptions& options) {
  std::vector<MediaItem> items;
  text = without_mark(text);
  for (std::size_t line_number = 1; !text.empty(); ++line_number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    items.push_back(json_item(line, concat(name, ":", line_number), options));
  }
  return items;
}

}  // namespace

std::vector<MediaItem> read_table(std::string_view text, const std::string& name, const InputOptions& options) {
  if (has_extension(name, ".jsonl")) return read_json_lines(text, name, options);
  return read_separated(text, name, has_extension(name, ".tsv") ? '\t' : ',', options);
}

}  // namespace tvts
