// Runs the tvts program as a user does: a process, its two streams and its exit code.
#pragma once

#include <sys/types.h>

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
  // Asked every millisecond, with the process: a signal once they say so.
  std::function<bool(pid_t)> interrupt_when, kill_when;  // SIGINT, SIGKILL
  std::string folder;                                    // to run in; empty: here
};

// The processor time that a process has taken.
double seconds_computed(pid_t process);

// The program that the build made: TVTS_PROGRAM.
Outcome run_tvts(const std::vector<std::string>& arguments, const RunOptions& options = {});

std::vector<std::string> lines_of(const std::string& text);
std::vector<std::string> columns_of(const std::string& line);

void write_text(const std::string& path, const std::string& content);

}  // namespace tvts::test
