// Shows the progress of a long job on stderr: a bar on a terminal, else one line every ten seconds.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace tvts {

struct ProgressCounts {
  std::size_t done = 0;    // items, failed ones among them
  std::size_t failed = 0;  // items
  std::size_t frames = 0;  // that went through the model
};

class Progress {
 public:
  // unit: what is counted, in the plural ("videos"). total: absent when unknown.
  Progress(std::string unit, std::optional<std::size_t> total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(const ProgressCounts& counts);
  // Removes the bar and logs the last state.
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  std::string line() const;

  const std::string unit_;
  const std::optional<std::size_t> total_;
  const bool terminal_;
  const Clock::time_point start_ = Clock::now();
  Clock::time_point last_shown_ = start_;
  ProgressCounts counts_;
  bool finished_ = false;
};

}  // namespace tvts
