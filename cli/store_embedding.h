// Embedding into a store, with its log and progress: for every command that needs features of a list of videos.
#pragma once

#include <string>

#include "cli/model_options.h"
#include "tvts/api/fill_store.h"

namespace tvts::cli {

// Embeds what is missing in the store. Throws what fill_store() throws.
StoreSummary embed_into_store(const StoreJob& job, PretrainedModel& pretrained);

// For embedding into a store that may be there already: the precision of its rows in place of an automatic one.
ModelOptions with_precision_of_store(ModelOptions model, const std::string& dir);

}  // namespace tvts::cli
