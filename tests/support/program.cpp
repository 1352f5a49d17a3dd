#include "tests/support/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace tvts::test {
namespace {

[[noreturn]] void become_tvts(const std::vector<std::string>& arguments, const TemporaryFolder& streams,
                              const std::string& folder) {
  const auto redirect = [](const std::string& path, int flags, int target) {
    dup2(open(path.c_str(), flags | O_CREAT, 0600), target);
  };
  redirect(streams / "in", O_RDONLY, STDIN_FILENO);
  redirect(streams / "out", O_WRONLY, STDOUT_FILENO);
  redirect(streams / "err", O_WRONLY, STDERR_FILENO);
  if (!folder.empty() && chdir(folder.c_str()) != 0) _exit(126);
  std::vector<char*> argv = {const_cast<char*>("tvts")};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  execv(TVTS_PROGRAM, argv.data());
  _exit(127);
}

int wait_for(pid_t child, const RunOptions& options) {
  const auto sleep_ms = [](int time_ms) { std::this_thread::sleep_for(std::chrono::milliseconds(time_ms)); };
  if (options.interrupt_after_ms > 0) {
    sleep_ms(options.interrupt_after_ms);
    kill(child, SIGINT);
  }
  int status = 0;
  while (waitpid(child, &status, options.kill_when ? WNOHANG : 0) == 0) {
    if (options.kill_when()) kill(child, SIGKILL);
    sleep_ms(1);
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

}  // namespace

Outcome run_tvts(const std::vector<std::string>& arguments, const RunOptions& options) {
  const TemporaryFolder streams;
  write_text(streams / "in", options.standard_input);
  const pid_t child = fork();
  if (child == 0) become_tvts(arguments, streams, options.folder);
  const int exit_code = wait_for(child, options);
  return {.exit_code = exit_code, .out = read_text(streams / "out"), .err = read_text(streams / "err")};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines = split(text, '\n');
  if (lines.back().empty()) lines.pop_back();
  return lines;
}

std::vector<std::string> columns_of(const std::string& line) { return split(line, '\t'); }

void write_text(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

}  // namespace tvts::test
