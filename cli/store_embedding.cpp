#include "cli/store_embedding.h"

#include <filesystem>

#include "cli/embed_reporter.h"
#include "cli/runtime.h"
#include "cli/store_options.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/embed/store_run.h"
#include "tvts/search/item_places.h"

namespace tvts::cli {
namespace {

// A file that is still where it was has only been left out this time; one that is gone has vanished.
bool still_there(const ItemId& item) {
  std::error_code error;
  return std::filesystem::exists(file_of(item).path, error);
}

std::string described(const StorePlan& plan) {
  return concat(plan.pending, " to embed, ", plan.stored, " stored already, ", plan.failed_before, " failed before, ",
                plan.duplicates, " named twice");
}

}  // namespace

StoreSummary embed_into_store(const StoreEmbedding& job, PretrainedModel& pretrained) {
  const std::string neutral_texts = data_file("neutral_texts.txt");
  const StoreRun run = {.dir = job.dir,
                        .header = store_header(pretrained, job.embed, neutral_texts),
                        .store = {.overwrite = job.overwrite,
                                  .retry_failed = job.retry_failed,
                                  .shard_size = job.shard_size,
                                  .group_size = job.embed.batch_size,
                                  .still_there = still_there},
                        .embed = job.embed};
  std::optional<EmbedReporter> reporter;
  const auto on_plan = [&](const StorePlan& plan) {
    log_info(job.dir + ": " + described(plan));
    reporter.emplace(plan.pending, std::exchange(pretrained.remarks, {}));
  };
  const auto make_bank = [&] { return embed_neutral_bank(pretrained.model, pretrained.tokenizer, neutral_texts); };
  const StoreRunResult result = run_into_store(run, job.items, pretrained.model, make_bank, stop_requested(), on_plan,
                                               [&](const EmbeddedItem& item) { reporter->add(item); });
  reporter->finish();
  const StoreSummary& summary = result.summary;
  log_info(concat(job.dir, " holds ", summary.rows, " rows (", summary.replaced, " replaced, ", summary.vanished,
                  " vanished); ", summary.failed, " inputs failed",
                  summary.failed > 0 ? ", see " + job.dir + "/errors.jsonl" : ""));
  return summary;
}

}  // namespace tvts::cli
