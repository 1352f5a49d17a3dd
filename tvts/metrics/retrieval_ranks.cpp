#include "tvts/metrics/retrieval_ranks.h"

#include "tvts/core/error.h"
#include "tvts/metrics/rank_counter.h"

namespace tvts {
VideoOfText captions_in_order(std::size_t videos, std::size_t captions_per_video, std::span<const std::uint8_t> mask) {
  VideoOfText video_of_text;
  for (std::size_t video = 0; video < videos; ++video) {
    video_of_text.insert(video_of_text.end(), captions_per_video, video);
  }
  if (mask.empty()) return video_of_text;
  if (mask.size() != video_of_text.size()) {
    fail_input("retrieval: found ", mask.size(), " flags of captions, expected ", videos, " videos x ",
               captions_per_video, " captions");
  }
  for (std::size_t text = 0; text < mask.size(); ++text) {
    if (mask[text] == 0) video_of_text[text] = kNoVideo;
  }
  return video_of_text;
}

std::string to_string(TieRule rule) { return rule == TieRule::kPublished ? "published" : "mean"; }

TieRule tie_rule_named(const std::string& name) {
  if (name == "published") return TieRule::kPublished;
  if (name == "mean") return TieRule::kMean;
  fail_usage("the tie rule is '", name, "'; expected published or mean");
}

RetrievalRanks retrieval_ranks(std::span<const float> similarity, const VideoOfText& video_of_text, std::size_t videos,
                               TieRule ties) {
  check_matrix_size(similarity.size(), video_of_text.size(), videos);
  RankCounter<float> counter(video_of_text, videos);
  const SimilarityTile whole{.texts = video_of_text.size(), .videos = videos};
  counter.find_right(whole, similarity);
  counter.count(whole, similarity);
  return counter.ranks(ties);
}

RetrievalRanks retrieval_ranks_in_tiles(const FillTile& fill, const VideoOfText& video_of_text, std::size_t videos,
                                        const Tiling& tiling, TieRule ties) {
  RankCounter<float> counter(video_of_text, videos);
  const std::vector<SimilarityTile> tiles = tiles_of(video_of_text.size(), videos, tiling.size);
  std::vector<float> values;
  const auto filled = [&](const SimilarityTile& tile) {
    values.resize(tile.texts * tile.videos);
    fill(tile, values);
    return std::span<const float>(values);
  };
  for (const SimilarityTile& tile : tiles) {
    if (counter.holds_right(tile)) counter.find_right(tile, filled(tile));
  }
  for (const SimilarityTile& tile : tiles) counter.count(tile, filled(tile), tiling.threads);
  return counter.ranks(ties);
}

}  // namespace tvts
