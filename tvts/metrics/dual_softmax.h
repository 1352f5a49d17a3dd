// Retrieval by dual softmax (DSL): each similarity times its softmax along the other axis, in double precision: over
// the texts for text to video, over the videos for video to text. It looks at all queries together (transductive), so
// it is no retrieval of one query.
#pragma once

#include "tvts/metrics/retrieval_ranks.h"

namespace tvts {

// One tile in memory at a time; every tile is requested up to four times. Throws what retrieval_ranks() throws.
RetrievalRanks dual_softmax_ranks(const FillTile& fill, const VideoOfText& video_of_text, std::size_t videos,
                                  double scale = 100, const Tiling& tiling = {}, TieRule ties = TieRule::kPublished);

}  // namespace tvts
