// Result tables, as text for a terminal, as HTML and as JSON.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tvts/core/json/parse_json.h"

namespace tvts {

struct TableCell {
  std::string text;
  std::optional<double> number;  // what the text shows, where it is a number
  bool is_marked = false;        // the best of its column, say; the notes tell what the mark means
  bool is_missing = false;       // text says why there is no value
};

TableCell text_cell(std::string text);
// With so many decimals; NaN and infinities are missing and shown as "–".
TableCell number_cell(double number, int decimals = 1);
TableCell missing_cell(std::string why);
TableCell marked(TableCell cell);

struct Table {
  std::string title;
  std::vector<std::string> columns;
  std::vector<std::vector<TableCell>> rows;  // each as long as `columns`; the first cell names the row
  std::vector<std::string> notes;
};

// Columns aligned, numbers to the right, "*" after marked cells. Ends with a newline.
std::string text_table(const Table& table);

// A <table> with its notes. Marked cells are strong.
std::string table_html(const Table& table);

// {"title", "columns", "rows": [[text or number or null]], "marked": [[row, column]], "notes"}; missing cells are null.
Json table_json(const Table& table);

}  // namespace tvts
