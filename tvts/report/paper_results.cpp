#include "tvts/report/paper_results.h"

#include <algorithm>
#include <vector>

#include "tvts/core/error.h"
#include "tvts/core/input_file.h"
#include "tvts/core/json/parse_json.h"

namespace tvts {
namespace {

constexpr int kFormat = 1;

TableCell cell_of(const Json& value, int decimals) {
  if (value.is_null()) return missing_cell(kNotInOurCopy);
  if (value.is_number()) return number_cell(value.get<double>(), decimals);
  const auto& text = value.get_ref<const std::string&>();
  return text == "-" ? missing_cell("–") : text_cell(text);
}

Table table_of(const Json& value) {
  Table table{.title = value.at("title"), .notes = value.at("notes")};
  std::vector<int> decimals;
  for (const Json& column : value.at("columns")) {
    table.columns.push_back(column.at("name"));
    decimals.push_back(std::clamp(column.value("decimals", 0), 0, 9));
  }
  for (const Json& row : value.at("rows")) {
    if (row.size() != decimals.size()) {
      fail_input("a row of ", table.title, " has ", row.size(), " cells, expected ", decimals.size());
    }
    std::vector<TableCell> cells;
    for (std::size_t i = 0; i < row.size(); ++i) cells.push_back(cell_of(row.at(i), decimals[i]));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace

PaperTables read_paper_tables(std::string_view text, const std::string& name) {
  try {
    const Json content = parse_json(text);
    if (content.at("format") != kFormat)
      fail_input("found format ", content.at("format").dump(), ", expected ", kFormat);
    PaperTables tables;
    for (const Json& table : content.at("tables")) tables[table.at("number").get<int>()] = table_of(table);
    return tables;
  } catch (const Json::exception& error) {
    fail_input(name, ": ", error.what());
  } catch (const Error& error) {
    fail_input(name, ": ", error.what());
  }
}

PaperTables load_paper_tables(const std::string& path) { return read_paper_tables(read_file(path), path); }

const TableCell* find_cell(const Table& table, std::string_view row, std::string_view column) {
  const auto position = std::find(table.columns.begin(), table.columns.end(), column);
  if (position == table.columns.end()) return nullptr;
  for (const auto& cells : table.rows) {
    if (cells.front().text == row) return &cells[static_cast<std::size_t>(position - table.columns.begin())];
  }
  return nullptr;
}

}  // namespace tvts
