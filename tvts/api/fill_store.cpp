#include "tvts/api/fill_store.h"

#include <filesystem>

#include "tvts/api/data_files.h"
#include "tvts/api/embed_all.h"
#include "tvts/api/model_state.h"
#include "tvts/api/store_model.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/features/embed_reporter.h"
#include "tvts/store/item_locations.h"

namespace tvts {
namespace {

// A file that is still where it was has only been left out this time; one that is gone has vanished.
bool still_there(const ItemId& item) {
  std::error_code error;
  return std::filesystem::exists(file_of(item).path, error);
}

}  // namespace

StoreRunResult fill_store(const StoreJob& job, const PretrainedModel& pretrained, const KnownHashes& hashes,
                          std::stop_token stop, const std::function<void(const StorePlan&)>& on_plan,
                          const std::function<void(const EmbeddedItem&)>& on_item) {
  const std::string neutral_texts = data_file("neutral_texts.txt");
  const StoreRun run = {.dir = job.dir,
                        .header = store_header(pretrained, job.embed, neutral_texts, hashes),
                        .store = {.overwrite = job.overwrite,
                                  .retry_failed = job.retry_failed,
                                  .shard_size = job.shard_size,
                                  .group_size = job.embed.batch_size,
                                  .still_there = still_there},
                        .embed = job.embed};
  const auto make_bank = [&] { return embed_neutral_bank(pretrained.model, pretrained.tokenizer, neutral_texts); };
  return run_into_store(run, job.items, pretrained.model, make_bank, std::move(stop), on_plan, on_item);
}

namespace {

std::string described(const StorePlan& plan) {
  return concat(plan.pending, " to embed, ", plan.stored, " stored already, ", plan.failed_before, " failed before, ",
                plan.duplicates, " named twice");
}

}  // namespace

void warn_of_damage(const std::string& dir, const StorePlan& plan) {
  for (const std::string& sentence : plan.damaged) {
    log_warning(concat(dir, ": ", sentence, "; those of its videos that are given now are embedded again"));
  }
}

StoreSummary embed_into_store(const StoreJob& job, PretrainedModel& pretrained, const KnownHashes& hashes,
                              const JobControl& control) {
  std::optional<EmbedReporter> reporter;
  const auto on_plan = [&](const StorePlan& plan) {
    warn_of_damage(job.dir, plan);
    log_info(job.dir + ": " + described(plan));
    reporter.emplace(control.progress, plan.pending, std::exchange(pretrained.remarks, {}));
  };
  const StoreRunResult result = fill_store(job, pretrained, hashes, control.stop, on_plan,
                                           [&](const EmbeddedItem& item) { reporter->add(item); });
  reporter->finish();
  const StoreSummary& summary = result.summary;
  if (summary.left_as_was) {
    log_warning(concat("no input gave a row; ", job.dir, " is left as it was"));
    return summary;
  }
  log_info(concat(job.dir, " holds ", summary.rows, " rows (", summary.replaced, " replaced, ", summary.vanished,
                  " vanished); ", summary.failed, " inputs failed",
                  summary.failed > 0 ? ", see " + job.dir + "/errors.jsonl" : ""));
  return summary;
}

namespace api {

StoreReport fill_store(const Model& model, const std::vector<std::string>& inputs, const std::string& folder,
                       const FillOptions& options, const VideoOptions& video, const Run& run) {
  if (options.shard_size == 0) fail_usage("shards of 0 inputs; expected 1 or more");
  const PretrainedModel& pretrained = model.state().pretrained;
  const StoreJob job = {.dir = folder,
                        .items = ItemList(inputs, InputOptions{}, /*standard_input=*/""),
                        .embed = embed_options(model, video, run),
                        .overwrite = options.overwrite,
                        .retry_failed = options.retry_failed,
                        .shard_size = options.shard_size};
  StoreReport report;
  std::size_t done = 0;
  const auto on_item = [&](const EmbeddedItem& item) {
    note_failure(item, report.failed);
    if (run.on_progress) run.on_progress(++done, report.failed.size(), report.pending);
  };
  const auto on_plan = [&](const StorePlan& plan) {
    report.pending = plan.pending;
    report.stored_before = plan.stored;
    report.failed_before = plan.failed_before;
  };
  const StoreSummary summary =
      tvts::fill_store(job, pretrained, KnownHashes(/*folder=*/""), run.stop, on_plan, on_item).summary;
  report.rows = summary.rows;
  report.replaced = summary.replaced;
  report.vanished = summary.vanished;
  return report;
}

}  // namespace api
}  // namespace tvts
