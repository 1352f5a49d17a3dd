#include "tvts/media/inputs/table_rows.h"

#include <algorithm>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/media/inputs/media_names.h"

namespace tvts {
namespace {

using Quotes = CsvDialect::Quotes;

constexpr std::string_view kDelimiters = ",;\t|";
constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kExcelsDelimiter = "sep=";  // a first line of Excel's own: "sep=;"

void trim(std::string& field) {
  field.erase(field.find_last_not_of(kBlanks) + 1);
  field.erase(0, field.find_first_not_of(kBlanks));
}

bool is_media_name(std::string field) {
  trim(field);
  return is_media(kind_of_name(field));
}

// A table without a header is most often one whose first row names a video.
std::string likely_cause(const CsvRecord& header) {
  return std::ranges::any_of(header.fields, is_media_name) ? "; the first line has to be a header" : "";
}

}  // namespace

TableRows::TableRows(std::string_view text, std::string name, std::string path_column)
    : text_(text), name_(std::move(name)), path_column_(std::move(path_column)), reader_("", name_) {
  read_header();
  const bool blanks_after_delimiters =
      std::ranges::any_of(header_.fields, [](const std::string& field) { return field.starts_with(' '); });
  std::ranges::for_each(header_.fields, trim);
  dialect_.quotes = dialect_.delimiter == '\t' ? Quotes::kIfPair : Quotes::kStrict;
  dialect_.trim = blanks_after_delimiters;
  reader_.set_dialect(dialect_);
}

void TableRows::read_header() {
  if (text_.starts_with(kExcelsDelimiter) && text_.size() > kExcelsDelimiter.size()) {
    read_header_with(text_[kExcelsDelimiter.size()]);
    return;
  }
  const char usual = has_extension(name_, ".tsv") ? '\t' : ',';
  char most = usual;
  std::size_t most_columns = 1;
  for (const char delimiter : usual + std::string(kDelimiters)) {
    if (read_header_with(delimiter)) return;
    if (header_.fields.size() > most_columns) most = delimiter;
    most_columns = std::max(most_columns, header_.fields.size());
  }
  read_header_with(most);
}

// True if the path column is there.
bool TableRows::read_header_with(char delimiter) {
  dialect_ = {.delimiter = delimiter, .quotes = Quotes::kIfPair};
  reader_ = CsvReader(text_, name_, dialect_);
  if (text_.starts_with(kExcelsDelimiter)) reader_.next();
  header_ = reader_.next().value_or(CsvRecord{});
  return std::ranges::any_of(header_.fields, [&](std::string field) {
    trim(field);
    return field == path_column_;
  });
}

std::size_t TableRows::column(const std::string& column) const {
  const auto found = std::ranges::find(header_.fields, column);
  if (found == header_.fields.end()) {
    fail_input(name_, ":", header_.line, ": found the columns ", columns_found(header_), "; expected one named ",
               column, likely_cause(header_));
  }
  if (std::find(found + 1, header_.fields.end(), column) != header_.fields.end()) {
    fail_input(name_, ":", header_.line, ": found the column ", column, " twice, expected it once");
  }
  return static_cast<std::size_t>(found - header_.fields.begin());
}

std::optional<TableRow> TableRows::next() {
  try {
    auto record = reader_.next();
    if (!record) return std::nullopt;
    if (later_lines_are_rows()) return row_of_first_line();
    return row_of(std::move(record->fields));
  } catch (const Error& error) {
    return TableRow{.where = where(), .fields = {}, .error = error.what()};
  }
}

// True if a quoted field of the last record ran on over rows: its closing mark is that of another text.
bool TableRows::later_lines_are_rows() const {
  std::string_view lines = reader_.later_lines();
  if (lines.empty()) return false;
  const std::size_t path = column(path_column_);
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    const std::vector<std::string> fields = fields_of_line(line);
    if (fields.size() == header_.fields.size() && is_media_name(fields[path])) return true;
  }
  return false;
}

std::vector<std::string> TableRows::fields_of_line(std::string_view line) const {
  CsvDialect dialect = dialect_;
  dialect.quotes = Quotes::kNone;
  if (line.ends_with('\r')) line.remove_suffix(1);
  return CsvReader(line, name_, dialect).next().value_or(CsvRecord{}).fields;
}

TableRow TableRows::row_of_first_line() {
  const std::string_view first = reader_.first_line();
  reader_.return_to_later_lines();
  if (dialect_.quotes == Quotes::kIfPair) return row_of(fields_of_line(first));
  return {
      .where = where(),
      .fields = {},
      .error = concat(where(), ": found a quoted field that runs on over the next rows; is its closing \" missing? ",
                      "where the mark belongs to the text, write the field as \"\"\"...\"")};
}

TableRow TableRows::row_of(std::vector<std::string> fields) const {
  const std::size_t width = header_.fields.size();
  while (fields.size() > width && fields.back().empty()) fields.pop_back();
  if (fields.size() == width) return {.where = where(), .fields = std::move(fields), .error = ""};
  return {.where = where(),
          .fields = {},
          .error = concat(where(), ": found ", fields.size(), " fields, expected ", width, " as in the header",
                          fields.size() > width ? "; a field with the separator in it has to be quoted" : "")};
}

std::string TableRows::where() const { return concat(name_, ":", reader_.line()); }

}  // namespace tvts
