#include "cli/runtime.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/core/usable_cores.h"

namespace tvts::cli {
namespace {

std::stop_source& stop_source() {
  static std::stop_source source;
  return source;
}

// Of an environment variable; empty: not set.
std::string_view value_of(const char* variable) {
  const char* text = std::getenv(variable);
  return text == nullptr ? "" : text;
}

// Nothing for what is no number of threads.
std::optional<std::size_t> number_of_threads(std::string_view text) {
  std::size_t count = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const bool whole = error == std::errc() && rest == text.data() + text.size();
  return whole && count >= 1 && count <= 4096 ? std::optional(count) : std::nullopt;
}

std::optional<std::size_t> threads_of_tvts() {
  const std::string_view text = value_of("TVTS_NUM_THREADS");
  if (text.empty()) return std::nullopt;
  const auto count = number_of_threads(text);
  if (!count) fail_usage("TVTS_NUM_THREADS is '", text, "'; expected a number of threads, 1 to 4096");
  return count;
}

// The variable is other programs' too: what makes no sense in it stops nothing. "4,2" is 4, and 2 for threads started
// by each of these, which there are none of here.
std::optional<std::size_t> threads_of_openmp() {
  const std::string_view text = value_of("OMP_NUM_THREADS");
  if (text.empty()) return std::nullopt;
  const auto count = number_of_threads(text.substr(0, text.find(',')));
  static std::once_flag warned;
  if (!count) {
    std::call_once(warned, [&] {
      log_warning(concat("OMP_NUM_THREADS is '", text, "', which is no number of threads, and is passed over"));
    });
  }
  return count;
}

}  // namespace

void open_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) >= 0) continue;
    // The wrong way round: reading or writing it fails.
    [[maybe_unused]] const int lowest = open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

void catch_stop_signals() {
  std::signal(SIGPIPE, SIG_DFL);  // a reader that closes the pipe ends the command silently, whatever was inherited
  std::signal(SIGXFSZ, SIG_IGN);  // a write beyond the largest allowed file is an error like any other
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // inherited by every later thread: only the one below receives them
  std::thread([signals] {
    int signal = 0;
    sigwait(&signals, &signal);
    log_info("stopping; what is done is kept (once more to end at once)");
    stop_source().request_stop();
    sigwait(&signals, &signal);
    _exit(static_cast<int>(ErrorKind::kInterrupted));
  }).detach();
}

std::stop_token stop_requested() { return stop_source().get_token(); }

void throw_if_stopped() {
  if (stop_requested().stop_requested()) fail(ErrorKind::kInterrupted, "interrupted");
}

std::size_t thread_count() {
  if (const auto count = threads_of_tvts()) return *count;
  if (const auto count = threads_of_openmp()) return *count;
  return usable_cores();
}

KnownHashes known_hashes() {
  const std::string caches(value_of("XDG_CACHE_HOME")), home(value_of("HOME"));
  if (caches.starts_with('/')) return KnownHashes(caches + "/tvts/hashes");
  return KnownHashes(home.starts_with('/') ? home + "/.cache/tvts/hashes" : "");
}

}  // namespace tvts::cli
