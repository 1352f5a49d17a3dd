// The rows of a csv or tsv with a header, as spreadsheets, data frames and people write them (docs/inputs.md, Tables).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tvts/media/inputs/csv.h"

namespace tvts {

struct TableRow {
  std::string where;                // FILE:LINE
  std::vector<std::string> fields;  // as many as the header has
  std::string error;                // not empty: it cannot be read, beginning with `where`; then there are no fields
};

// The name's extension decides the usual delimiter, .tsv a tab and others a comma; another one is taken where only that
// one gives the header its path column. In a text with tabs a quotation mark without its second one is text.
class TableRows {
 public:
  // text: decoded (tvts/media/inputs/file_text.h); it must outlive the reader.
  TableRows(std::string_view text, std::string name, std::string path_column);

  // Without blanks around the names. Empty: the text has no header, and no rows.
  const std::vector<std::string>& header() const { return header_.fields; }
  // The index of a column. Throws Error(kInput) when the header does not have it, or has it twice.
  std::size_t column(const std::string& name) const;

  std::optional<TableRow> next();

 private:
  void read_header();
  bool read_header_with(char delimiter);
  bool later_lines_are_rows() const;
  std::vector<std::string> fields_of_line(std::string_view line) const;
  TableRow row_of_first_line();
  TableRow row_of(std::vector<std::string> fields) const;
  std::string where() const;

  std::string_view text_;
  std::string name_;
  std::string path_column_;
  CsvDialect dialect_;
  CsvReader reader_;
  CsvRecord header_;
};

}  // namespace tvts
