#include "tvts/data/csv.h"

#include <algorithm>
#include <utility>

#include "tvts/core/error.h"

namespace tvts {

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return text.starts_with(kMark) ? text.substr(kMark.size()) : text;
}

CsvReader::CsvReader(std::string_view text, std::string name, CsvDialect dialect)
    : rest_(without_mark(text)), name_(std::move(name)), dialect_(dialect) {}

std::optional<CsvRecord> CsvReader::next() {
  while (skip_line_end()) {
  }
  if (rest_.empty()) return std::nullopt;
  CsvRecord record{.fields = {}, .line = line_};
  record.fields.push_back(next_field());
  while (rest_.starts_with(dialect_.delimiter)) {
    rest_.remove_prefix(1);
    record.fields.push_back(next_field());
  }
  skip_line_end();
  return record;
}

std::string CsvReader::next_field() {
  if (dialect_.quotes && rest_.starts_with('"')) return quoted_field();
  const std::string_view whole = rest_;
  while (!rest_.empty() && rest_[0] != dialect_.delimiter && !at_line_end()) rest_.remove_prefix(1);
  return std::string(whole.substr(0, whole.size() - rest_.size()));
}

std::string CsvReader::quoted_field() {
  const std::size_t first_line = line_;
  std::string field;
  for (;;) {
    const std::size_t end = rest_.find('"', 1);
    if (end == std::string_view::npos) {
      fail_input(name_, ":", first_line, ": found a quoted field without its end, expected another \"");
    }
    field += rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    if (!rest_.starts_with('"')) break;
    field += '"';  // "" inside: one mark, and the field goes on
  }
  line_ += static_cast<std::size_t>(std::ranges::count(field, '\n'));
  if (!rest_.empty() && rest_[0] != dialect_.delimiter && !at_line_end()) {
    fail_input(name_, ":", line_,
               ": found text after a closing \", expected the end of the field; write \"\" for a \" in it");
  }
  return field;
}

bool CsvReader::at_line_end() const { return rest_.starts_with('\n') || rest_.starts_with("\r\n"); }

bool CsvReader::skip_line_end() {
  if (!at_line_end()) return false;
  rest_.remove_prefix(rest_[0] == '\n' ? 1 : 2);
  ++line_;
  return true;
}

std::size_t find_column(const CsvRecord& header, const std::string& column, const std::string& file_name) {
  const auto found = std::ranges::find(header.fields, column);
  if (found != header.fields.end()) return static_cast<std::size_t>(found - header.fields.begin());
  std::string columns;
  for (const std::string& field : header.fields) columns += (columns.empty() ? "" : ", ") + field.substr(0, 60);
  fail_input(file_name, ":", header.line, ": found the columns ", columns.substr(0, 600), "; expected one named ",
             column);
}

}  // namespace tvts
