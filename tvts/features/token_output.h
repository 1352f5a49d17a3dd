// Token features as files: one .npz for each clip, with `embedding` [E], `frames` [T, E] and `tokens` [L, E].
#pragma once

#include <string>

#include "tvts/features/video_embedder.h"

namespace tvts {

// Writes one file for each row of the item into `folder` (made when absent) and leaves its name, from `base` on, in the
// row's `tokens`. The name comes from the item's path and part, and from the row's number in it.
// Throws Error(kFailed) when a file cannot be written.
void write_tokens(EmbeddedItem& item, const std::string& folder, const std::string& base);

}  // namespace tvts
