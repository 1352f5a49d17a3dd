#include "cli/output.h"

#include <cstdio>
#include <iostream>
#include <iterator>

#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/media/inputs/file_text.h"

namespace tvts::cli {
namespace {

std::string escaped(const std::string& column) {
  std::string out;
  for (const char c : column) {
    switch (c) {
      case '\t': out += "\\t"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\\': out += "\\\\"; break;
      default: out += c;
    }
  }
  return out;
}

void print_text(const std::string& text) {
  set_status_line("");  // on a terminal the bar would stand before it
  if (std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0) {
    fail(ErrorKind::kFailed, "cannot write to standard output: ", errno_text());
  }
}

}  // namespace

void print_columns(const std::vector<std::string>& columns) {
  std::string line;
  for (std::size_t i = 0; i < columns.size(); ++i) line += (i > 0 ? "\t" : "") + escaped(columns[i]);
  print_text(line + "\n");
}

void print_json(const Json& object) { print_text(object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"); }

void print_tables(const std::vector<Table>& tables) {
  for (std::size_t i = 0; i < tables.size(); ++i) print_text((i > 0 ? "\n" : "") + text_table(tables[i]));
}

std::string fixed(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

std::string read_text(const std::string& path) {
  if (path == "-") return decoded_text({std::istreambuf_iterator<char>(std::cin), {}});
  return read_text_file(path);
}

std::vector<std::string> lines_in(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string line = text.substr(begin, end - begin);
    if (line.ends_with('\r')) line.pop_back();
    lines.push_back(std::move(line));
    begin = end + 1;
  }
  return lines;
}

}  // namespace tvts::cli
