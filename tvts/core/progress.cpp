#include "tvts/core/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "tvts/core/log.h"

namespace tvts {
namespace {

constexpr std::chrono::milliseconds kTerminalPeriod{100};
constexpr std::chrono::seconds kLogPeriod{10};
constexpr std::size_t kBarWidth = 24;

std::string bar(std::size_t done, std::size_t total) {
  const std::size_t filled = total == 0 ? kBarWidth : std::min(kBarWidth, kBarWidth * done / total);
  return "[" + std::string(filled, '#') + std::string(kBarWidth - filled, '.') + "] ";
}

std::string clock_text(double seconds) {
  char text[32];
  const auto whole = static_cast<long>(seconds);
  std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  return text;
}

class Silence final : public JobProgress {
 public:
  void begin(const std::string& /*unit*/, std::optional<std::size_t> /*total*/) override {}
  void update(const ProgressCounts& /*counts*/) override {}
  void finish() override {}
};

}  // namespace

JobProgress& no_progress() {
  static Silence silence;
  return silence;
}

Progress::Progress(std::string unit, std::optional<std::size_t> total)
    : unit_(std::move(unit)), total_(total), terminal_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (!finished_ && terminal_) set_status_line("");
}

std::string Progress::line() const {
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  const double rate = seconds > 0 ? static_cast<double>(counts_.done) / seconds : 0;
  char text[160];
  std::string out = std::to_string(counts_.done) + (total_ ? "/" + std::to_string(*total_) : "") + " " + unit_;
  std::snprintf(text, sizeof text, ", %.2f %s/s", rate, unit_.c_str());
  out += text;
  if (counts_.frames > 0 || counts_.failed > 0) {
    std::snprintf(text, sizeof text, ", %.0f frames/s, %zu failed",
                  seconds > 0 ? static_cast<double>(counts_.frames) / seconds : 0, counts_.failed);
    out += text;
  }
  if (total_ && rate > 0 && counts_.done < *total_) {
    out += ", " + clock_text(static_cast<double>(*total_ - counts_.done) / rate) + " left";
  }
  return out;
}

void Progress::update(const ProgressCounts& counts) {
  counts_ = counts;
  const auto now = Clock::now();
  if (now - last_shown_ < (terminal_ ? Clock::duration(kTerminalPeriod) : Clock::duration(kLogPeriod))) return;
  last_shown_ = now;
  if (log_level() > LogLevel::kInfo) return;
  if (terminal_) {
    set_status_line((total_ ? bar(counts.done, *total_) : "") + line());
  } else {
    log_info(line());
  }
}

void Progress::finish() {
  finished_ = true;
  if (terminal_) set_status_line("");
  log_info(line() + " in " + clock_text(std::chrono::duration<double>(Clock::now() - start_).count()));
}

}  // namespace tvts
