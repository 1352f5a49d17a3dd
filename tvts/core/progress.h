// The progress of a long job: an interface that jobs report to, and a bar on stderr that shows it (without a terminal
// one line every ten seconds).
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

// Receives the progress of a long job, one stage after the other. Called from one thread at a time.
class JobProgress {
 public:
  virtual ~JobProgress() = default;
  // A stage begins. unit: what is counted, in the plural ("videos"). total: absent when unknown.
  virtual void begin(const std::string& unit, std::optional<std::size_t> total) = 0;
  virtual void update(const ProgressCounts& counts) = 0;  // may throw to end the job
  virtual void finish() = 0;                              // the stage is done
};

// Tells nobody.
JobProgress& no_progress();

// One stage on stderr: a bar on a terminal, else one line of the log every ten seconds.
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

// For programs: the stages of a job, each as a Progress.
class ProgressOnStderr final : public JobProgress {
 public:
  void begin(const std::string& unit, std::optional<std::size_t> total) override { stage_.emplace(unit, total); }
  void update(const ProgressCounts& counts) override { stage_->update(counts); }
  void finish() override { stage_->finish(); }

 private:
  std::optional<Progress> stage_;
};

}  // namespace tvts
