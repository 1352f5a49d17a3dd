#include "tvts/api/run_control.h"

#include "tvts/core/usable_cores.h"

namespace tvts::api {

std::size_t threads_of(const Run& run) { return run.threads > 0 ? run.threads : usable_cores(); }

void RunProgress::begin(const std::string& unit, std::optional<std::size_t> total) {
  total_ = total;
  if (run_.on_stage) run_.on_stage(unit);
}

void RunProgress::update(const ProgressCounts& counts) {
  if (run_.on_progress) run_.on_progress(counts.done, counts.failed, total_);
}

}  // namespace tvts::api
