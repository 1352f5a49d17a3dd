// A store made anew in the place of another: the old one stays as it is until the new one is complete. The lock of the
// old one must be held.
#pragma once

#include <string>

#include "tvts/store/store_folder.h"
#include "tvts/store/store_header.h"

namespace tvts {

// The folder inside the old store's where the new one is made. What an interrupted run has left there is gone on with
// if it had the same header and the same `inputs` (any text that tells lists of inputs apart), else removed.
StoreFolder open_replacement(const StoreFolder& old, const StoreHeader& header, const std::string& inputs);

// Leaves the old store as it is.
void drop_replacement(const StoreFolder& old);

// The new store, whose last file is written, takes the place of the old one.
void put_replacement_in_place(const StoreFolder& old);

// Ends what an interrupted put_replacement_in_place() has begun, if one has: then the answer is the `inputs` of the
// store that is now in place, else empty.
std::string finish_replacement(const StoreFolder& old);

}  // namespace tvts
