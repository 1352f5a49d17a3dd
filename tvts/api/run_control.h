// A Run of the public face as the jobs inside take it.
#pragma once

#include "tvts/api/tvts.h"
#include "tvts/core/job_control.h"

namespace tvts::api {

// The threads of a run: those that it states, else the cores this process may use.
std::size_t threads_of(const Run& run);

class RunProgress final : public JobProgress {
 public:
  explicit RunProgress(const Run& run) : run_(run) {}
  void begin(const std::string& unit, std::optional<std::size_t> total) override;
  void update(const ProgressCounts& counts) override;
  void finish() override {}

 private:
  const Run& run_;
  std::optional<std::size_t> total_;
};

inline JobControl control_of(const Run& run, JobProgress& progress) {
  return {.stop = run.stop, .threads = threads_of(run), .progress = progress};
}

}  // namespace tvts::api
