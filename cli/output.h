// Data on stdout: tab-separated columns, one JSON object a line, or tables to be read.
#pragma once

#include <string>
#include <vector>

#include "tvts/json/parse_json.h"
#include "tvts/report/table.h"

namespace tvts::cli {

// Columns with tab, line ends and backslashes in them escaped as \t, \n, \r and \\.
void print_columns(const std::vector<std::string>& columns);
void print_json(const Json& object);
// An empty line between two.
void print_tables(const std::vector<Table>& tables);

// As short as tells the value apart at `digits` digits after the point.
std::string fixed(double value, int digits);

// The lines of a text file, or of stdin for "-": without line ends (CRLF too) and byte-order mark.
std::vector<std::string> read_lines(const std::string& path);

}  // namespace tvts::cli
