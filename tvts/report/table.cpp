#include "tvts/report/table.h"

#include <algorithm>
#include <cmath>

#include "tvts/core/error.h"
#include "tvts/core/json/json_text.h"
#include "tvts/report/html_text.h"
#include "tvts/report/plain_text.h"

namespace tvts {
namespace {

void check_shape(const Table& table) {
  for (const auto& row : table.rows) TVTS_ASSERT(row.size() == table.columns.size());
}

// A column of numbers, and of cells without a value, is aligned to the right.
bool is_numeric(const Table& table, std::size_t column) {
  return std::all_of(table.rows.begin(), table.rows.end(),
                     [&](const auto& row) { return row[column].number || row[column].is_missing; });
}

bool has_marks(const Table& table, std::size_t column) {
  return std::any_of(table.rows.begin(), table.rows.end(), [&](const auto& row) { return row[column].is_marked; });
}

std::string padded(const std::string& text, std::size_t width, bool is_right) {
  const std::string space(width - std::min(width, text_length(text)), ' ');
  return is_right ? space + text : text + space;
}

std::string without_trailing_spaces(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::vector<std::string> column_lines(const Table& table, std::size_t column) {
  const bool is_right = is_numeric(table, column), marks = has_marks(table, column);
  std::vector<std::string> cells = {one_line(table.columns[column])};
  if (marks && is_right) cells[0] += " ";
  for (const auto& row : table.rows) {
    cells.push_back(one_line(row[column].text));
    if (marks) cells.back() += row[column].is_marked ? "*" : " ";
  }
  std::size_t width = 0;
  for (const std::string& cell : cells) width = std::max(width, text_length(cell));
  for (std::string& cell : cells) cell = padded(cell, width, is_right);
  cells.insert(cells.begin() + 1, std::string(width, '-'));
  return cells;
}

std::string cell_html(const TableCell& cell, bool names_row, bool is_number) {
  const std::string kind =
      concat(is_number ? "number" : "", is_number && cell.is_missing ? " " : "", cell.is_missing ? "missing" : "");
  const std::string shown = cell.is_marked ? concat("<strong>", escaped(cell.text), "</strong>") : escaped(cell.text);
  return concat(names_row ? "<th scope=\"row\"" : "<td", kind.empty() ? "" : concat(" class=\"", kind, "\""), ">",
                shown, names_row ? "</th>" : "</td>");
}

Json cell_json(const TableCell& cell) {
  if (cell.is_missing) return nullptr;
  if (cell.number) return *cell.number;
  return to_utf8(cell.text);
}

}  // namespace

TableCell text_cell(std::string text) { return {.text = std::move(text)}; }

TableCell number_cell(double number, int decimals) {
  if (!std::isfinite(number)) return missing_cell("–");
  return {.text = fixed(number, decimals), .number = number};
}

TableCell missing_cell(std::string why) { return {.text = std::move(why), .is_missing = true}; }

TableCell marked(TableCell cell) {
  cell.is_marked = true;
  return cell;
}

std::string text_table(const Table& table) {
  check_shape(table);
  std::vector<std::string> lines(table.columns.empty() ? 0 : table.rows.size() + 2);
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    const std::vector<std::string> cells = column_lines(table, column);
    for (std::size_t i = 0; i < lines.size(); ++i) lines[i] += (column > 0 ? "  " : "") + cells[i];
  }
  std::string text = table.title.empty() ? "" : one_line(table.title) + "\n";
  for (const std::string& line : lines) text += without_trailing_spaces(line);
  for (const std::string& note : table.notes) text += one_line(note) + "\n";
  return text;
}

std::string table_html(const Table& table) {
  check_shape(table);
  std::string html = concat("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"", escaped(table.title),
                            "\">\n<table>\n<caption>", escaped(table.title), "</caption>\n<thead><tr>");
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    html += concat("<th scope=\"col\"", is_numeric(table, column) ? " class=\"number\">" : ">",
                   escaped(table.columns[column]), "</th>");
  }
  html += "</tr></thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    html += "<tr>";
    for (std::size_t column = 0; column < row.size(); ++column) {
      html += cell_html(row[column], column == 0, is_numeric(table, column));
    }
    html += "</tr>\n";
  }
  html += "</tbody>\n</table>\n</div>\n";
  for (const std::string& note : table.notes) html += concat("<p class=\"soft\">", escaped(note), "</p>\n");
  return html;
}

Json table_json(const Table& table) {
  check_shape(table);
  Json columns = Json::array(), rows = columns, marks = columns, notes = columns;
  for (const std::string& column : table.columns) columns.push_back(to_utf8(column));
  for (const std::string& note : table.notes) notes.push_back(to_utf8(note));
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    Json row = Json::array();
    for (std::size_t c = 0; c < table.rows[r].size(); ++c) {
      const TableCell& cell = table.rows[r][c];
      row.push_back(cell_json(cell));
      if (cell.is_marked) marks.push_back(Json::array({r, c}));
    }
    rows.push_back(std::move(row));
  }
  return {{"title", to_utf8(table.title)}, {"columns", columns}, {"rows", rows}, {"marked", marks}, {"notes", notes}};
}

}  // namespace tvts
