#include "tvts/media/inputs/label_file.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/core/json/fields.h"
#include "tvts/core/number_in.h"
#include "tvts/core/trimmed.h"
#include "tvts/core/utf8.h"
#include "tvts/media/inputs/file_text.h"
#include "tvts/media/inputs/media_names.h"
#include "tvts/media/inputs/numbered_names.h"
#include "tvts/media/inputs/table_rows.h"
#include "tvts/text/clean.h"

namespace tvts {
namespace {

using Names = std::vector<std::string>;

constexpr std::string_view kBlanks = " \t\r";

Names lines_of(std::string_view text) {
  Names lines;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::string_view label = trimmed(line, kBlanks);
    if (!label.empty()) lines.emplace_back(label);
  }
  return lines;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  const auto value = number_in<std::int64_t>(text);
  return value && *value >= 0 ? value : std::nullopt;
}

Labels labels_of_lines(const Names& lines, const std::string& file) {
  if (auto names = lines.size() > 1 ? numbered_names(lines) : std::nullopt) {
    return {*std::move(names), {concat(file, ": the numbers of the classes on every line are left out")}};
  }
  Labels labels = {lines, {}};
  const auto begins_with_number = [](const std::string& line) {
    const std::size_t end = line.find_first_not_of("0123456789");
    return end != 0 && end != line.npos;
  };
  if (std::ranges::all_of(lines, begins_with_number)) {
    labels.warnings.push_back(file + ": every label begins with a number, which is read as a part of it");
  }
  const auto holds_tab = [](const std::string& line) { return line.find('\t') != std::string::npos; };
  if (std::ranges::any_of(lines, holds_tab)) {
    labels.warnings.push_back(file + ": labels hold tabs; what follows one is read as a part of the label");
  }
  return labels;
}

// The column of the names, where the header has one.
std::optional<Labels> labels_of_table(const std::string& text, const std::string& file) {
  for (const char* column : {"name", "label", "class", "class_name"}) {
    TableRows rows(text, file, column);
    if (std::ranges::find(rows.header(), column) == rows.header().end()) continue;
    const std::size_t index = rows.column(column);
    Labels labels;
    while (auto row = rows.next()) {
      if (!row->error.empty()) fail_input(row->error);
      const std::string_view label = trimmed(row->fields[index], kBlanks);
      if (!label.empty()) labels.names.emplace_back(label);
    }
    return labels;
  }
  return std::nullopt;
}

[[noreturn]] void fail_json(const std::string& file) {
  fail_input(file, ": found JSON that is neither a list of names nor a map between names and numbers");
}

// {"archery": 0} or {"0": "archery"}
Labels labels_of_map(const Json& map, const std::string& file) {
  std::map<std::int64_t, std::string> names;
  for (const auto& [key, value] : map.items()) {
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    const auto number_of_key = whole_number(key), number_of_value = whole_number(text);
    if (number_of_key.has_value() == number_of_value.has_value()) fail_json(file);
    const std::int64_t number = number_of_key ? *number_of_key : *number_of_value;
    const std::string& name = number_of_key ? text : key;
    const auto [known, is_new] = names.emplace(number, name);
    if (!is_new) {
      fail_input(file, ": found ", to_utf8(known->second.substr(0, 60)), " and ", to_utf8(name.substr(0, 60)),
                 " with one number, ", number);
    }
  }
  Labels labels;
  const auto last = static_cast<std::int64_t>(names.size()) - 1;
  labels.leave_numbers_out = !names.empty() && (names.begin()->first != 0 || names.rbegin()->first != last);
  for (auto& [number, name] : names) labels.names.push_back(std::move(name));
  return labels;
}

Labels labels_of_json(const Json& json, const std::string& file) {
  if (json.is_object()) return labels_of_map(json, file);
  if (!json.is_array()) fail_json(file);
  Labels labels;
  for (const Json& name : json) {
    if (!name.is_string()) fail_json(file);
    labels.names.push_back(name.get<std::string>());
  }
  return labels;
}

// Labels between which a model cannot choose: it reads them in lower case, their blanks folded.
void warn_of_doubles(Labels& labels, const std::string& file) {
  constexpr std::size_t kMostWarnings = 10;
  std::unordered_map<std::string, std::string> seen;
  std::size_t doubles = 0;
  for (const std::string& name : labels.names) {
    const auto [known, is_new] = seen.try_emplace(clean_text(name), name);
    if (is_new || ++doubles > kMostWarnings) continue;
    labels.warnings.push_back(concat(file, ": the labels ", to_utf8(known->second.substr(0, 60)), " and ",
                                     to_utf8(name.substr(0, 60)),
                                     " are one text to a model, and share its probability"));
  }
  if (doubles > kMostWarnings) {
    labels.warnings.push_back(concat(file, ": and ", doubles - kMostWarnings, " more labels that came before"));
  }
}

// Under whatever name; a list of labels may begin with a bracket too.
std::optional<Json> json_in(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || (text[first] != '{' && text[first] != '[')) return std::nullopt;
  try {
    return parse_json(text);
  } catch (const Error&) {
    return std::nullopt;
  }
}

Labels labels_of_form(const std::string& text, const std::string& file) {
  if (has_extension(file, ".json")) return labels_of_json(located([&] { return parse_json(text); }, file), file);
  if (const auto json = json_in(text)) return labels_of_json(*json, file);
  if (kind_of_name(file) == NameKind::kTable) {
    if (auto labels = labels_of_table(text, file)) return *std::move(labels);
  }
  return labels_of_lines(lines_of(text), file);
}

}  // namespace

Labels read_labels(const std::string& text, const std::string& file) {
  require_text(text, file, "labels, one a line, or a table or JSON map of them");
  Labels labels = labels_of_form(text, file);
  if (labels.names.empty()) fail_input(file, " holds no labels; expected one a line");
  warn_of_doubles(labels, file);
  return labels;
}

}  // namespace tvts
