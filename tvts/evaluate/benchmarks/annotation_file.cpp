#include "tvts/evaluate/benchmarks/annotation_file.h"

#include <charconv>
#include <filesystem>

#include "tvts/core/error.h"
#include "tvts/core/json/fields.h"
#include "tvts/core/json/json_text.h"
#include "tvts/media/inputs/file_text.h"
#include "tvts/media/inputs/media_names.h"

namespace tvts {
namespace {

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

AnnotationShape shape_of(const std::string& path, std::string_view text) {
  const char first = text[text.find_first_not_of(" \t\r\n")];
  if (has_extension(path, ".jsonl")) return AnnotationShape::kJsonLines;
  if (first == '[') return AnnotationShape::kJsonList;
  if (first == '{') return has_extension(path, ".json") ? AnnotationShape::kJsonObject : AnnotationShape::kJsonLines;
  const std::string_view line = first_line(text);
  if (line.find('\t') != std::string_view::npos) return AnnotationShape::kTabs;
  return line.find(',') != std::string_view::npos ? AnnotationShape::kCommas : AnnotationShape::kPlain;
}

std::string shown(const std::string& text) { return to_utf8(text.substr(0, 60)); }

}  // namespace

AnnotationFile read_annotation(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return {.path = path, .shape = AnnotationShape::kFolder};
  AnnotationFile file = {.path = path, .text = read_text_file(path)};
  if (is_blank(file.text)) fail_input(path, " is empty; expected annotations");
  file.shape = shape_of(path, file.text);
  return file;
}

void for_each_record(const AnnotationFile& file, const CsvDialect& dialect, const TakeRecord& take) {
  CsvReader reader(file.text, file.path, dialect);
  while (auto record = reader.next()) take(*record, concat(file.path, ":", record->line));
}

void for_each_row(const AnnotationFile& file, char delimiter, const std::vector<std::string>& columns,
                  const std::function<void(const Fields& fields, const std::string& where)>& take) {
  std::size_t width = 0;
  std::vector<std::size_t> indices;
  for_each_record(file, {.delimiter = delimiter}, [&](const CsvRecord& record, const std::string& where) {
    if (width == 0) {
      width = record.fields.size();
      for (const std::string& column : columns) indices.push_back(find_column(record, column, file.path));
      return;
    }
    if (record.fields.size() != width) {
      fail_input(where, ": found ", record.fields.size(), " columns, expected ", width, " as in the header");
    }
    Fields fields;
    for (const std::size_t index : indices) fields.push_back(record.fields[index]);
    take(fields, where);
  });
}

void for_each_line(const AnnotationFile& file, const TakeLine& take) {
  std::string_view rest = file.text;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    std::string line(first_line(rest));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.ends_with('\r')) line.pop_back();
    if (!is_blank(line)) take(line, concat(file.path, ":", number));
  }
}

void for_each_json_line(const AnnotationFile& file, const TakeJson& take) {
  for_each_line(file, [&](const std::string& line, const std::string& where) {
    take(located([&] { return parse_json_object(line); }, where), where);
  });
}

Json whole_json(const AnnotationFile& file) {
  return located([&] { return parse_json(file.text); }, file.path);
}

void for_each_entry(const AnnotationFile& file, const TakeJson& take) {
  const Json list = whole_json(file);
  if (!list.is_array()) fail_input(file.path, ": found no JSON list, expected one of objects");
  std::size_t number = 0;
  for (const Json& object : list) {
    const std::string where = concat(file.path, ": entry ", ++number);
    if (!object.is_object()) fail_input(where, ": found no object");
    take(object, where);
  }
}

std::string text_of(const Json& object, const char* field, const std::string& where) {
  const auto found = object.find(field);
  if (found != object.end() && found->is_string()) return found->get<std::string>();
  if (found != object.end() && found->is_number_integer()) return found->dump();
  fail_input(where, ": found no text \"", field, "\"");
}

std::size_t number_of(const std::string& text, const std::string& what, const std::string& where) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    fail_input(where, ": found the ", what, " \"", shown(text), "\", expected a whole number, 0 or more");
  }
  return value;
}

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

}  // namespace tvts
