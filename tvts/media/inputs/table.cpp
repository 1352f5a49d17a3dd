#include "tvts/media/inputs/table.h"

#include <algorithm>
#include <functional>
#include <optional>

#include "tvts/core/error.h"
#include "tvts/core/json/fields.h"
#include "tvts/core/json/json_text.h"
#include "tvts/media/inputs/media_names.h"
#include "tvts/media/inputs/table_rows.h"
#include "tvts/media/inputs/time_text.h"

namespace tvts {
namespace {

// The text in a row's column; nothing where there is no such column.
using Columns = std::function<std::optional<std::string>(const std::string& column)>;

std::optional<double> seconds(const std::optional<std::string>& text, const std::string& column) {
  if (!text || text->find_first_not_of(' ') == std::string::npos) return std::nullopt;
  return seconds_from_text(*text, column);
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

// A row that cannot be used: named by its line, since it stands for no video, and not for the whole of one of which it
// names a part.
MediaItem failed_row(const std::string& where, const std::string& error) {
  const std::string prefix = where + ": ";  // of messages that stand alone; the path says it here
  MediaItem item = failed_item(where, error.starts_with(prefix) ? error.substr(prefix.size()) : error);
  item.key = std::string(base_name(where));
  return item;
}

// The item that make() gives, or the error that it throws.
MediaItem row_item(const std::string& where, const std::function<void(MediaItem&)>& make) {
  MediaItem item;
  try {
    make(item);
    if (item.path.empty()) fail_input("found no path");
    return item;
  } catch (const Error& error) {
    const std::string of = item.path.empty() ? "" : " (" + to_utf8(item.path.substr(0, 200)) + ")";
    return failed_row(where, concat(error.what(), of));
  }
}

// A column that was requested by another name than the default has to be there.
void check_columns(const TableRows& rows, const InputOptions& options) {
  const InputOptions defaults;
  rows.column(options.path_column);
  for (const auto column : {&InputOptions::caption_column, &InputOptions::label_column, &InputOptions::start_column,
                            &InputOptions::end_column}) {
    if (options.*column != defaults.*column) rows.column(options.*column);
  }
}

std::vector<MediaItem> read_separated(std::string_view text, const std::string& name, const InputOptions& options) {
  TableRows rows(text, name, options.path_column);
  if (rows.header().empty()) return {};
  check_columns(rows, options);
  const std::size_t path = rows.column(options.path_column);
  std::vector<MediaItem> items;
  while (const auto row = rows.next()) {
    const Columns columns = [&](const std::string& column) -> std::optional<std::string> {
      const auto found = std::ranges::find(rows.header(), column);
      if (found == rows.header().end()) return std::nullopt;
      return row->fields[static_cast<std::size_t>(found - rows.header().begin())];
    };
    if (!row->error.empty()) {
      items.push_back(failed_row(row->where, row->error));
      continue;
    }
    items.push_back(row_item(row->where, [&](MediaItem& item) {
      item.path = row->fields[path];
      fill(item, columns, options);
    }));
  }
  return items;
}

std::optional<std::string> json_text(const Json& object, const std::string& column) {
  const auto value = object.find(column);
  if (value == object.end() || value->is_null()) return std::nullopt;
  if (value->is_string()) return value->get<std::string>();
  if (!holds<double>(*value) && !value->is_boolean()) {
    fail_input("found in \"", column, "\" a value of type ", value->type_name(), " that does not fit, expected text");
  }
  return value->dump();
}

MediaItem json_item(std::string_view line, const std::string& where, const InputOptions& options) {
  return row_item(where, [&](MediaItem& item) {
    const Json object = parse_json_object(line);
    item.path = path_from_fields(object, options.path_column);
    const Columns row = [&](const std::string& column) {
      auto value = json_text(object, column);
      // In our own errors.jsonl the part of the video that was requested has these names.
      if (!value && column == options.start_column) value = json_text(object, "item_start");
      if (!value && column == options.end_column) value = json_text(object, "item_end");
      return value;
    };
    fill(item, row, options);
  });
}

std::vector<MediaItem> read_json_lines(std::string_view text, const std::string& name, const InputOptions& options) {
  std::vector<MediaItem> items;
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
  return read_separated(text, name, options);
}

}  // namespace tvts
