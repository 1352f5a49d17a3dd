// Connects a store and the model that makes its rows, for the command and for the public interface.
#pragma once

#include <string>

#include "tvts/api/open_model.h"
#include "tvts/model/weights/known_hashes.h"
#include "tvts/store/store_header.h"

namespace tvts {

// The header of a store of such rows. neutral_texts: file of the bank behind the rows' score statistics; empty:
// they have none.
StoreHeader store_header(const PretrainedModel& pretrained, const EmbedOptions& embed, const std::string& neutral_texts,
                         const KnownHashes& hashes);

// The precision of the rows that are in a store already, "" where there is none yet.
std::string precision_of_store(const std::string& folder);

// For embedding into a store that may be there already: the precision of its rows in place of an automatic one.
void use_precision_of_store(api::LoadOptions& options, const std::string& folder);

// The path of a store's model: `file`, or the path in the header. Throws Error(kInput) when it is not there, or
// not the file that made the rows.
std::string model_of_store(const std::string& store, const StoreHeader& header, const std::string& file,
                           const KnownHashes& hashes);

// The options of reading a query: those of the store's videos, but in one clip. memory_budget: MiB.
EmbedOptions query_options(const StoreHeader& header, const ModelSpec& spec, std::size_t threads,
                           std::size_t memory_budget);

}  // namespace tvts
