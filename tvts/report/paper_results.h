// The results that the paper prints (share/paper_results.json, docs/paper-results.md), to hold ours against.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "tvts/report/table.h"

namespace tvts {

// The text of a cell that our copy of the paper lacks.
inline constexpr char kNotInOurCopy[] = "not in our copy";

// By the tables' numbers in the paper. Where the paper has a dash the cell is missing as "–".
using PaperTables = std::map<int, Table>;

// Throws Error(kInput) with `name` where the text is not of the form in docs/paper-results.md.
PaperTables read_paper_tables(std::string_view text, const std::string& name);
PaperTables load_paper_tables(const std::string& path);

// The cell in the first row of that name, nullptr where there is none.
const TableCell* find_cell(const Table& table, std::string_view row, std::string_view column);

}  // namespace tvts
