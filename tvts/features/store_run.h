// Embeds a list of inputs into a store (the folder form), or the ones that are missing there.
#pragma once

#include <functional>
#include <string>

#include "tvts/features/neutral_bank.h"
#include "tvts/features/video_embedder.h"
#include "tvts/media/clips/item_list.h"
#include "tvts/store/store_writer.h"

namespace tvts {

struct StoreRun {
  std::string dir;
  StoreHeader header;
  StoreOptions store;
  EmbedOptions embed;
};

struct StoreRunResult {
  StorePlan plan;
  StoreSummary summary;
};

// make_bank is called once, and only when there is something to embed; empty: rows get no score statistics. on_plan is
// told what is to be done, on_item what became of each item that was. Throws what StoreWriter throws, and
// Error(kInterrupted) on stop: what is done by then is kept for the next run.
StoreRunResult run_into_store(const StoreRun& run, const ItemList& items, const InferenceModel& model,
                              const std::function<NeutralBank()>& make_bank, std::stop_token stop,
                              const std::function<void(const StorePlan&)>& on_plan,
                              const std::function<void(const EmbeddedItem&)>& on_item);

}  // namespace tvts
