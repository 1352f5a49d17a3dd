// What a store says about the numbers in it.
#pragma once

#include "cli/model_options.h"
#include "tvts/embed/video_embedder.h"
#include "tvts/search/store_header.h"

namespace tvts::cli {

// neutral_texts: file of the bank behind the rows' score statistics; empty: they have none.
StoreHeader store_header(const PretrainedModel& pretrained, const EmbedOptions& embed,
                         const std::string& neutral_texts);

// For embedding into a store that may be there already: the precision of its rows in place of an automatic one.
ModelOptions with_precision_of_store(ModelOptions model, const std::string& dir);

}  // namespace tvts::cli
