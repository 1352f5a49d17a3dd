#include "cli/store_embedding.h"

#include "cli/embed_reporter.h"
#include "cli/runtime.h"
#include "tvts/api/store_model.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"

namespace tvts::cli {
namespace {

std::string described(const StorePlan& plan) {
  return concat(plan.pending, " to embed, ", plan.stored, " stored already, ", plan.failed_before, " failed before, ",
                plan.duplicates, " named twice");
}

}  // namespace

StoreSummary embed_into_store(const StoreJob& job, PretrainedModel& pretrained) {
  std::optional<EmbedReporter> reporter;
  const auto on_plan = [&](const StorePlan& plan) {
    log_info(job.dir + ": " + described(plan));
    reporter.emplace(plan.pending, std::exchange(pretrained.remarks, {}));
  };
  const StoreRunResult result = fill_store(job, pretrained, known_hashes(), stop_requested(), on_plan,
                                           [&](const EmbeddedItem& item) { reporter->add(item); });
  reporter->finish();
  const StoreSummary& summary = result.summary;
  log_info(concat(job.dir, " holds ", summary.rows, " rows (", summary.replaced, " replaced, ", summary.vanished,
                  " vanished); ", summary.failed, " inputs failed",
                  summary.failed > 0 ? ", see " + job.dir + "/errors.jsonl" : ""));
  return summary;
}

ModelOptions with_precision_of_store(ModelOptions model, const std::string& dir) {
  if (model.precision != kAutomatic) return model;
  if (const std::string stored = precision_of_store(dir); !stored.empty()) model.precision = stored;
  return model;
}

}  // namespace tvts::cli
