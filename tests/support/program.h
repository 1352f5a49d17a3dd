// Runs the tvts program as a user does: a process, its two streams and its exit code.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace tvts::test {

struct Outcome {
  int exit_code = -1;  // 128 + signal where one ended it
  std::string out, err;
};

struct RunOptions {
  std::string standard_input;
  int interrupt_after_ms = 0;       // SIGINT after so long; 0: never
  std::function<bool()> kill_when;  // asked every millisecond: SIGKILL once it says so
  std::string folder;               // to run in; empty: here
};

// The program that the build made: TVTS_PROGRAM.
Outcome run_tvts(const std::vector<std::string>& arguments, const RunOptions& options = {});

std::vector<std::string> lines_of(const std::string& text);
std::vector<std::string> columns_of(const std::string& line);

void write_text(const std::string& path, const std::string& content);

}  // namespace tvts::test
