// A user's own benchmark: csv, tsv or jsonl with a row for each video or caption.
#include <algorithm>
#include <optional>
#include <set>

#include "tvts/core/error.h"
#include "tvts/evaluate/benchmarks/class_names.h"
#include "tvts/evaluate/benchmarks/forms.h"
#include "tvts/evaluate/benchmarks/item_builders.h"
#include "tvts/media/inputs/table_rows.h"

namespace tvts {
namespace {

using TakeFields = std::function<void(const Fields& fields, const std::string& where)>;

// A table that was made for `tvts embed` may name parts of videos.
void refuse_part(const std::string& where, const std::string& column) {
  fail_input(where, ": found the column ", column, ", but videos are taken whole here; cut them, or leave it out");
}

// The rows of a table with a header, their fields in the order of `columns`.
void for_each_table_row(const FormInput& input, const std::vector<std::string>& columns, const TakeFields& take) {
  const AnnotationFile& file = input.annotation;
  TableRows rows(file.text, file.path, input.options.path_column);
  for (const char* part : {"start", "end"}) {
    if (std::ranges::count(rows.header(), part) > 0) refuse_part(file.path, part);
  }
  std::vector<std::size_t> indices;
  for (const std::string& column : columns) indices.push_back(rows.column(column));
  while (const auto row = rows.next()) {
    if (!row->error.empty()) fail_input(row->error);
    Fields fields;
    for (const std::size_t index : indices) fields.push_back(row->fields[index]);
    take(fields, row->where);
  }
}

void for_each_own_row(const FormInput& input, const std::vector<std::string>& columns, const TakeFields& take) {
  if (input.annotation.shape != AnnotationShape::kJsonLines) return for_each_table_row(input, columns, take);
  for_each_json_line(input.annotation, [&](const Json& object, const std::string& where) {
    for (const char* part : {"start", "end"}) {
      if (object.contains(part)) refuse_part(where, part);
    }
    Fields fields;
    for (const std::string& column : columns) fields.push_back(text_of(object, column.c_str(), where));
    take(fields, where);
  });
}

void read_own_retrieval(const FormInput& input, Benchmark& benchmark) {
  CaptionBuilder builder(benchmark, input.videos, CaptionBuilder::Repeats::kAreCaptions);
  for_each_own_row(input, {input.options.path_column, input.options.caption_column},
                   [&](const Fields& fields, const std::string& where) { builder.add(where, fields[0], fields[1]); });
}

// The classes of the given file; without one all labels of the table, in the order of their bytes.
ClassNames own_classes(const FormInput& input, Benchmark& benchmark) {
  if (!input.options.classes.empty()) {
    benchmark.files.push_back(input.options.classes);
    return ClassNames::read(input.options.classes);
  }
  std::set<std::string> names;
  for_each_own_row(input, {input.options.label_column}, [&](const Fields& fields, const std::string& where) {
    if (is_blank(fields[0])) fail_input(where, ": found an empty label");
    names.insert(fields[0]);
  });
  return {{names.begin(), names.end()}, input.annotation.path};
}

void read_own_actions(const FormInput& input, Benchmark& benchmark) {
  const ClassNames classes = own_classes(input, benchmark);
  benchmark.classes = classes.names();
  AnswerBuilder builder(benchmark, input.videos);
  for_each_own_row(input, {input.options.path_column, input.options.label_column},
                   [&](const Fields& fields, const std::string& where) {
                     const auto number = classes.exact_number_of(fields[1]);
                     if (!number) {
                       fail_input(where, ": found the label '", fields[1], "', which is ", classes.no_class(fields[1]));
                     }
                     builder.add(where, fields[0], *number, classes.names().size());
                   });
}

// A table: the columns whose names begin with "option", in their order, and the number of the right one, from 0.
void read_choice_table(const FormInput& input, Benchmark& benchmark) {
  const TableRows header(input.annotation.text, input.annotation.path, input.options.path_column);
  std::vector<std::string> columns = {input.options.path_column, "answer"};
  for (const std::string& name : header.header()) {
    if (name.starts_with("option")) columns.push_back(name);
  }
  if (columns.size() < 4)
    fail_input(input.annotation.path, ": found less than two columns whose names begin with option");
  AnswerBuilder builder(benchmark, input.videos);
  for_each_table_row(input, columns, [&](const Fields& fields, const std::string& where) {
    std::vector<std::string> options(fields.begin() + 2, fields.end());
    for (const std::string& option : options) {
      if (is_blank(option)) fail_input(where, ": found an empty option");
    }
    builder.add(where, fields[0], number_of(fields[1], "answer", where), options.size());
    benchmark.options.push_back(std::move(options));
  });
}

}  // namespace

std::vector<AnnotationForm> own_forms(BenchmarkTask task) {
  const std::vector<std::string> patterns = {"*.csv", "*.tsv", "*.jsonl"};
  const std::vector<AnnotationShape> shapes = {AnnotationShape::kCommas, AnnotationShape::kTabs,
                                               AnnotationShape::kPlain, AnnotationShape::kJsonLines};
  if (task == BenchmarkTask::kRetrieval) return {{"table", shapes, "", patterns, read_own_retrieval}};
  if (task == BenchmarkTask::kActions) return {{"table", shapes, "", patterns, read_own_actions}};
  const auto read_lines = [](const FormInput& input, Benchmark& benchmark) {
    read_choices(input, benchmark, input.options.path_column);
  };
  return {{"choices-jsonl", {AnnotationShape::kJsonLines}, "", {"*.jsonl"}, read_lines},
          {"choices-table",
           {AnnotationShape::kCommas, AnnotationShape::kTabs, AnnotationShape::kPlain},
           "",
           {"*.csv", "*.tsv"},
           read_choice_table}};
}

}  // namespace tvts
