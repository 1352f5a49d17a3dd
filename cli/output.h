// Data on stdout: tab-separated columns, one JSON object a line, or tables to be read.
#pragma once

#include <string>
#include <vector>

#include "tvts/core/json/parse_json.h"
#include "tvts/report/table.h"

namespace tvts::cli {

// Columns with tab, line ends and backslashes in them escaped as \t, \n, \r and \\.
void print_columns(const std::vector<std::string>& columns);
void print_json(const Json& object);
// An empty line between two.
void print_tables(const std::vector<Table>& tables);

// The shortest form that keeps `digits` digits after the point.
std::string fixed(double value, int digits);

// The decoded text (tvts/media/inputs/file_text.h) of a file, a pipe, or of stdin for "-".
std::string read_text(const std::string& path);
// Lines without what ends them (CRLF too).
std::vector<std::string> lines_in(const std::string& text);

}  // namespace tvts::cli
