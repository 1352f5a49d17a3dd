// What a store says about the numbers in it.
#pragma once

#include "cli/model_options.h"
#include "tvts/embed/video_embedder.h"
#include "tvts/search/store_header.h"

namespace tvts::cli {

// neutral_texts: file of the bank behind the rows' score statistics; empty: they have none.
StoreHeader store_header(const ModelOptions& model, const PretrainedModel& pretrained, const EmbedOptions& embed,
                         const std::string& neutral_texts);

}  // namespace tvts::cli
