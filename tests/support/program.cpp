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

#include "tests/support/cpu_seconds.h"

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
  bool is_watched = options.interrupt_when || options.kill_when;
  int status = 0;
  while (waitpid(child, &status, is_watched ? WNOHANG : 0) == 0) {
    const bool is_interrupted = options.interrupt_when && options.interrupt_when(child);
    if (is_interrupted) kill(child, SIGINT);
    if (options.kill_when && options.kill_when(child)) kill(child, SIGKILL);
    is_watched = options.kill_when || !is_interrupted;  // one interrupt: a second would end it at once
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
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

double seconds_computed(pid_t process) {
  clockid_t clock = 0;
  return clock_getcpuclockid(process, &clock) == 0 ? cpu_seconds(clock) : 0;
}

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
