// Embedding into a store, with its log and progress: for every command that needs features of a list of videos.
#pragma once

#include <string>

#include "cli/model_options.h"
#include "tvts/clips/item_list.h"
#include "tvts/embed/video_embedder.h"
#include "tvts/search/store_writer.h"

namespace tvts::cli {

struct StoreEmbedding {
  std::string dir;
  ItemList items;
  EmbedOptions embed;
  bool overwrite = false, retry_failed = false;
  std::size_t shard_size = StoreOptions().shard_size;
};

// Embeds what is missing in the store. Throws what run_into_store() throws.
StoreSummary embed_into_store(const StoreEmbedding& job, PretrainedModel& pretrained);

}  // namespace tvts::cli
