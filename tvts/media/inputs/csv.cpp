#include "tvts/media/inputs/csv.h"

#include <algorithm>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/core/trimmed.h"
#include "tvts/core/utf8.h"

namespace tvts {
namespace {

std::string_view after_blanks(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

std::size_t line_ends(std::string_view text) { return static_cast<std::size_t>(std::ranges::count(text, '\n')); }

}  // namespace

CsvReader::CsvReader(std::string_view text, std::string name, CsvDialect dialect)
    : rest_(text), name_(std::move(name)), dialect_(dialect) {}

std::optional<CsvRecord> CsvReader::next() {
  while (skip_line_end()) {
  }
  if (rest_.empty()) return std::nullopt;
  record_line_ = line_;
  first_line_ = rest_.substr(0, rest_.find('\n'));
  const std::string_view after_first = rest_.substr(std::min(first_line_.size() + 1, rest_.size()));
  CsvRecord record{.fields = {}, .line = line_};
  record.fields.push_back(next_field());
  while (rest_.starts_with(dialect_.delimiter)) {
    rest_.remove_prefix(1);
    record.fields.push_back(next_field());
  }
  skip_line_end();
  later_lines_ = after_first.substr(0, std::max(after_first.size(), rest_.size()) - rest_.size());
  return record;
}

void CsvReader::return_to_later_lines() {
  rest_ = {later_lines_.data(), later_lines_.size() + rest_.size()};
  line_ = record_line_ + 1;
  later_lines_ = {};
}

std::string CsvReader::next_field() {
  if (dialect_.quotes != CsvDialect::Quotes::kNone && after_blanks(rest_).starts_with('"')) {
    if (auto field = quoted_field()) return *std::move(field);
  }
  return plain_field();
}

// Nothing, with all as it was, where the mark is a character like any other.
std::optional<std::string> CsvReader::quoted_field() {
  const std::string_view whole = rest_;
  const bool strict = dialect_.quotes == CsvDialect::Quotes::kStrict;
  const std::string_view inside = after_blanks(rest_).substr(1);
  rest_ = inside;
  std::string field;
  for (;;) {
    const std::size_t end = rest_.find('"');
    if (end == std::string_view::npos) {
      rest_ = whole;
      if (strict) fail_open_quote();
      return std::nullopt;
    }
    field += rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    if (!rest_.starts_with('"')) break;
    field += '"';  // "" inside: one mark, and the field goes on
    rest_.remove_prefix(1);
  }
  const std::size_t lines = line_ends(inside.substr(0, inside.size() - rest_.size()));
  if (at_field_end()) {
    line_ += lines;
    return field;
  }
  const bool before_blank = whole[0] == ' ';  // a mark after a blank has to be one of a pair
  if (strict && lines == 0 && !before_blank) return field + plain_field();
  rest_ = whole;
  if (strict && lines > 0) fail_open_quote();
  return std::nullopt;
}

std::string CsvReader::plain_field() {
  const std::string_view whole = rest_;
  while (!at_field_end()) rest_.remove_prefix(1);
  const std::string_view field = whole.substr(0, whole.size() - rest_.size());
  return std::string(dialect_.trim ? trimmed(field) : field);
}

// The next record begins on the line after the mark's.
void CsvReader::fail_open_quote() {
  const std::size_t line = line_;
  rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
  skip_line_end();
  fail_input(name_, ":", line, ": found a field that begins with \" and does not end with one; where the mark belongs ",
             "to the text, write the field as \"\"\"...\"");
}

bool CsvReader::at_field_end() const { return rest_.empty() || rest_[0] == dialect_.delimiter || at_line_end(); }

bool CsvReader::at_line_end() const { return rest_.starts_with('\n') || rest_.starts_with("\r\n"); }

bool CsvReader::skip_line_end() {
  if (!at_line_end()) return false;
  rest_.remove_prefix(rest_[0] == '\n' ? 1 : 2);
  ++line_;
  return true;
}

std::string columns_found(const CsvRecord& header) {
  std::string columns;
  for (const std::string& field : header.fields) columns += (columns.empty() ? "" : ", ") + field.substr(0, 60);
  return without_zero_bytes(columns.substr(0, 600));
}

std::size_t find_column(const CsvRecord& header, const std::string& column, const std::string& file_name) {
  const auto found = std::ranges::find(header.fields, column);
  if (found != header.fields.end()) return static_cast<std::size_t>(found - header.fields.begin());
  fail_input(file_name, ":", header.line, ": found the columns ", columns_found(header), "; expected one named ",
             column);
}

}  // namespace tvts
