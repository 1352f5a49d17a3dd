// Records of comma- or tab-separated text (RFC 4180, and what programs write that do not keep to it), with line numbers
// for messages.
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
  // The meaning of a quotation mark at the start of a field.
  enum class Quotes {
    kStrict,  // it quotes the field, or the record is an error
    kIfPair,  // it quotes the field if another one ends it; else it is a character like any other
    kNone     // a character like any other
  };
  char delimiter = ',';
  Quotes quotes = Quotes::kStrict;
  bool trim = false;  // blanks around unquoted fields do not belong to them
};

// Lines end in LF or CRLF; empty lines are skipped; a quoted field may begin after blanks and hold line ends, and "" in
// it is one mark; a mark inside an unquoted field stands for itself. What follows a closing mark on the line of the
// opening one belongs to the field, as Python's csv module has it: "Stop" he says.
class CsvReader {
 public:
  // The text must outlive the reader; `name` is the file in messages.
  CsvReader(std::string_view text, std::string name, CsvDialect dialect = {});
  // Throws Error(kInput) with file and line on a quoted field that does not end, or that goes on after an end on
  // another line: its opening mark is most likely part of the text. The next call goes on with the line after the
  // opening mark's.
  std::optional<CsvRecord> next();

  void set_dialect(const CsvDialect& dialect) { dialect_ = dialect; }

  // The line that the last record begins on, one that could not be read too.
  std::size_t line() const { return record_line_; }
  // Of the last record: its first line, and those after it.
  std::string_view first_line() const { return first_line_; }
  std::string_view later_lines() const { return later_lines_; }
  // The next record begins with them: the first line alone was one.
  void return_to_later_lines();

 private:
  std::string next_field();
  std::optional<std::string> quoted_field();
  std::string plain_field();
  [[noreturn]] void fail_open_quote();
  bool at_field_end() const;
  bool at_line_end() const;
  bool skip_line_end();

  std::string_view rest_;
  std::string name_;
  CsvDialect dialect_;
  std::size_t line_ = 1;
  std::size_t record_line_ = 0;
  std::string_view first_line_, later_lines_;
};

// The names in a header, for messages.
std::string columns_found(const CsvRecord& header);

// The index of `column` in a header. Throws Error(kInput) that names the columns found.
std::size_t find_column(const CsvRecord& header, const std::string& column, const std::string& file_name);

}  // namespace tvts
