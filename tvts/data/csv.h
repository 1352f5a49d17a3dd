// Records of comma- or tab-separated text (RFC 4180), with line numbers for messages.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tvts {

struct CsvRecord {
  std::vector<std::string> fields;  // at least one
  std::size_t line = 0;             // where it begins, from 1
};

struct CsvDialect {
  char delimiter = ',';
  bool quotes = true;  // false: a quotation mark is a character like any other
};

// Lines end in LF or CRLF; a byte order mark and empty lines are skipped; a quoted field may hold line ends, and "" in
// it is one mark; a mark inside an unquoted field stands for itself.
class CsvReader {
 public:
  // The text must outlive the reader; `name` is the file in messages.
  CsvReader(std::string_view text, std::string name, CsvDialect dialect = {});
  // Throws Error(kInput) with file and line on a quoted field that does not end, or that goes on after its end.
  std::optional<CsvRecord> next();

 private:
  std::string next_field();
  std::string quoted_field();
  bool at_line_end() const;
  bool skip_line_end();

  std::string_view rest_;
  std::string name_;
  CsvDialect dialect_;
  std::size_t line_ = 1;
};

// Without the byte order mark that some programs put before UTF-8.
std::string_view without_mark(std::string_view text);

// The place of `column` in a header. Throws Error(kInput) that names the columns found.
std::size_t find_column(const CsvRecord& header, const std::string& column, const std::string& file_name);

}  // namespace tvts
