// Text-to-video (t2v) and video-to-text (v2t) retrieval: the ranks of the right answers.
//
// Ties as in the published evaluation, so that numbers can be held against the paper's: a text's rank is the best of
// those that its video shares with equal scores; a video's rank is their mean, and of several captions the best one
// counts. A model that gives everything the same score has a perfect t2v: report both directions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "tvts/metrics/similarity_tile.h"

namespace tvts {

// The video that each text describes; kNoVideo: there is no such text (its row of a matrix is ignored).
using VideoOfText = std::vector<std::size_t>;
inline constexpr std::size_t kNoVideo = std::numeric_limits<std::size_t>::max();

// Text i describes video i / captions_per_video. mask: [videos, captions_per_video], 0 where a caption is missing;
// empty: all are there. Throws Error(kInput) when the mask's size differs.
VideoOfText captions_in_order(std::size_t videos, std::size_t captions_per_video = 1,
                              std::span<const std::uint8_t> mask = {});

struct RetrievalRanks {
  std::vector<double> t2v;  // of each text that exists, in order; 1 is best
  std::vector<double> v2t;  // of each video; may be halves
};

enum class TieRule {
  kPublished,  // as above
  kMean        // a text's rank too is the mean of those that equal scores share: no model gains by them
};
std::string to_string(TieRule rule);              // "published", "mean"
TieRule tie_rule_named(const std::string& name);  // throws Error(kUsage) listing the names

// similarity: [texts, videos], row after row. Throws Error(kInput) where sizes do not fit, a video has no text or a
// similarity is NaN.
RetrievalRanks retrieval_ranks(std::span<const float> similarity, const VideoOfText& video_of_text, std::size_t videos,
                               TieRule ties = TieRule::kPublished);

// The same ranks with one tile in memory at a time.
RetrievalRanks retrieval_ranks_in_tiles(const FillTile& fill, const VideoOfText& video_of_text, std::size_t videos,
                                        const Tiling& tiling = {}, TieRule ties = TieRule::kPublished);

}  // namespace tvts
