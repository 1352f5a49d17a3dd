// Embeds inputs into a store, or the ones that are missing there: for the command and for the public interface.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "tvts/core/job_control.h"
#include "tvts/features/store_run.h"
#include "tvts/media/clips/item_list.h"
#include "tvts/model/pretrained/load_model.h"
#include "tvts/model/weights/known_hashes.h"

namespace tvts {

struct StoreJob {
  std::string dir;
  ItemList items;
  EmbedOptions embed;
  bool overwrite = false, retry_failed = false;
  std::size_t shard_size = StoreOptions().shard_size;
};

// Rows get score statistics of the neutral texts that come with tvts. on_plan is called with the plan, on_item with
// what became of each input. Throws what run_into_store() throws.
StoreRunResult fill_store(const StoreJob& job, const PretrainedModel& pretrained, const KnownHashes& hashes,
                          std::stop_token stop, const std::function<void(const StorePlan&)>& on_plan,
                          const std::function<void(const EmbeddedItem&)>& on_item);

// Logs a warning for each damaged shard of the plan.
void warn_of_damage(const std::string& dir, const StorePlan& plan);

// The same, telling of it in the log and control.progress; the model's remarks are said and taken away.
StoreSummary embed_into_store(const StoreJob& job, PretrainedModel& pretrained, const KnownHashes& hashes,
                              const JobControl& control);

}  // namespace tvts
