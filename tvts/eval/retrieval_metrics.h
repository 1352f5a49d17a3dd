// Text-to-video (t2v) and video-to-text (v2t) retrieval: ranks of the right answers, and what is reported of them.
//
// Ties as in the published evaluation, so that numbers can be held against the paper's: a text's rank is the best of
// those that its video shares with equal scores; a video's rank is their mean, and of several captions the best one
// counts. A model that gives everything the same score has a perfect t2v: report both directions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <vector>

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
RetrievalRanks retrieval_ranks(std::span<const double> similarity, const VideoOfText& video_of_text, std::size_t videos,
                               TieRule ties = TieRule::kPublished);

// A part of the matrix: texts [first_text, first_text + texts) against videos [first_video, first_video + videos).
struct SimilarityTile {
  std::size_t first_text = 0, texts = 0;
  std::size_t first_video = 0, videos = 0;
};
// Writes the tile's similarities, [texts, videos], row after row. Tiles with right answers in them are asked for twice
// and must then have the same bits.
using FillTile = std::function<void(const SimilarityTile& tile, std::span<float> values)>;

// The same ranks with one tile of tile_size x tile_size in memory at a time. Exact scores that are equal stay ties only
// where `fill` gives the same bits wherever in a tile they are; many matrix products do not.
RetrievalRanks retrieval_ranks_in_tiles(const FillTile& fill, const VideoOfText& video_of_text, std::size_t videos,
                                        std::size_t tile_size = 1024, TieRule ties = TieRule::kPublished);

// Ranks by dual softmax (DSL): each similarity times its softmax along the other axis, at `scale`, in double precision:
// over the texts for t2v, over the videos for v2t. It looks at all queries together, so it is no retrieval of one
// query.
RetrievalRanks dual_softmax_ranks(std::span<const float> similarity, const VideoOfText& video_of_text,
                                  std::size_t videos, double scale = 100);
// The same with one tile in memory at a time. Every tile is asked for up to four times.
RetrievalRanks dual_softmax_ranks_in_tiles(const FillTile& fill, const VideoOfText& video_of_text, std::size_t videos,
                                           double scale = 100, std::size_t tile_size = 1024,
                                           TieRule ties = TieRule::kPublished);

struct RetrievalMetrics {
  std::size_t queries = 0;
  double r1 = 0, r5 = 0, r10 = 0, r50 = 0;  // percent of queries
  double geometric_mean = 0;                // of r1, r5 and r10
  double median_rank = 0, mean_rank = 0;
};

// Throws Error(kInput) where there is no rank.
RetrievalMetrics retrieval_metrics(std::span<const double> ranks);

// 100 for each query that R@k counts, else 0: its mean is R@k. With halves the published rule is: R@1 counts rank 1
// only, R@k ranks below k + 1.
std::vector<double> recall_hits(std::span<const double> ranks, std::size_t k);

// MMS: the mean similarity of the texts with their own videos. Throws as retrieval_ranks().
double mean_matched_similarity(std::span<const float> similarity, const VideoOfText& video_of_text, std::size_t videos);

// The R@k in percent that a perfect model is expected to reach where texts of one group mean the same: it cannot tell
// the g videos of a group apart and finds the right one among its first k with chance min(1, k / g).
// group_of_text: any number that is equal for texts of one group.
double expected_ceiling(std::span<const std::size_t> group_of_text, std::size_t k = 1);

}  // namespace tvts
