#include "tvts/eval/retrieval_metrics.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "tvts/core/error.h"
#include "tvts/eval/rank_counter.h"

namespace tvts {
namespace {

template <class Value>
void check_size(std::span<const Value> similarity, const VideoOfText& video_of_text, std::size_t videos) {
  const std::size_t texts = video_of_text.size();
  const bool fits = texts == 0 || videos == 0 ? similarity.empty()
                                              : similarity.size() % texts == 0 && similarity.size() / texts == videos;
  if (!fits) {
    fail_input("retrieval: found ", similarity.size(), " similarities, expected ", texts, " texts x ", videos,
               " videos");
  }
}

template <class Value>
RankCounter<Value> counted(std::span<const Value> similarity, const VideoOfText& video_of_text, std::size_t videos) {
  check_size(similarity, video_of_text, videos);
  RankCounter<Value> counter(video_of_text, videos);
  const SimilarityTile whole{.texts = video_of_text.size(), .videos = videos};
  counter.find_right(whole, similarity);
  counter.count(whole, similarity);
  return counter;
}

// Texts in order, and for each stripe of texts the videos in order.
std::vector<SimilarityTile> tiles_of(std::size_t texts, std::size_t videos, std::size_t size) {
  std::vector<SimilarityTile> tiles;
  for (std::size_t text = 0; text < texts; text += std::min(size, texts - text)) {
    for (std::size_t video = 0; video < videos; video += std::min(size, videos - video)) {
      tiles.push_back({text, std::min(size, texts - text), video, std::min(size, videos - video)});
    }
  }
  return tiles;
}

// values[i] times its softmax over `values`, in place; the values are `stride` apart.
void times_softmax(std::vector<double>& matrix, const std::vector<std::size_t>& places, double scale) {
  double largest = -std::numeric_limits<double>::infinity();
  for (const std::size_t place : places) largest = std::fmax(largest, matrix[place]);
  double sum = 0;
  for (const std::size_t place : places) sum += std::exp(scale * (matrix[place] - largest));
  for (const std::size_t place : places) matrix[place] *= std::exp(scale * (matrix[place] - largest)) / sum;
}

// One axis of the dual softmax: the largest value of each row or column, and then the sum of exp(scale * (value - it)).
struct SoftmaxSums {
  explicit SoftmaxSums(std::size_t size) : largest(size, -std::numeric_limits<double>::infinity()), sum(size) {}
  double times_softmax(double value, std::size_t i, double scale) const {
    return value * (std::exp(scale * (value - largest[i])) / sum[i]);
  }
  std::vector<double> largest, sum;
};

// Calls visit(text, video, value) for every value of a tile, in order; texts that do not exist are left out.
template <class Visit>
void for_each_value(const SimilarityTile& tile, std::span<const float> values, const VideoOfText& video_of_text,
                    Visit visit) {
  for (std::size_t row = 0; row < tile.texts; ++row) {
    const std::size_t text = tile.first_text + row;
    if (video_of_text[text] == kNoVideo) continue;
    for (std::size_t column = 0; column < tile.videos; ++column) {
      visit(text, tile.first_video + column, static_cast<double>(values[row * tile.videos + column]));
    }
  }
}

}  // namespace

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
  return counted(similarity, video_of_text, videos).ranks(ties);
}

RetrievalRanks retrieval_ranks(std::span<const double> similarity, const VideoOfText& video_of_text, std::size_t videos,
                               TieRule ties) {
  return counted(similarity, video_of_text, videos).ranks(ties);
}

RetrievalRanks retrieval_ranks_in_tiles(const FillTile& fill, const VideoOfText& video_of_text, std::size_t videos,
                                        std::size_t tile_size, TieRule ties) {
  TVTS_ASSERT(tile_size > 0);
  RankCounter<float> counter(video_of_text, videos);
  const std::vector<SimilarityTile> tiles = tiles_of(video_of_text.size(), videos, tile_size);
  std::vector<float> values;
  const auto filled = [&](const SimilarityTile& tile) {
    values.resize(tile.texts * tile.videos);
    fill(tile, values);
    return std::span<const float>(values);
  };
  for (const SimilarityTile& tile : tiles) {
    if (counter.holds_right(tile)) counter.find_right(tile, filled(tile));
  }
  for (const SimilarityTile& tile : tiles) counter.count(tile, filled(tile));
  return counter.ranks(ties);
}

RetrievalRanks dual_softmax_ranks(std::span<const float> similarity, const VideoOfText& video_of_text,
                                  std::size_t videos, double scale) {
  check_size(similarity, video_of_text, videos);
  std::vector<double> over_texts(similarity.begin(), similarity.end());
  std::vector<double> over_videos = over_texts;
  for (std::size_t video = 0; video < videos; ++video) {
    std::vector<std::size_t> column;
    for (std::size_t text = 0; text < video_of_text.size(); ++text) {
      if (video_of_text[text] != kNoVideo) column.push_back(text * videos + video);
    }
    times_softmax(over_texts, column, scale);
  }
  for (std::size_t text = 0; text < video_of_text.size(); ++text) {
    std::vector<std::size_t> row(videos);
    for (std::size_t video = 0; video < videos; ++video) row[video] = text * videos + video;
    times_softmax(over_videos, row, scale);
  }
  return {.t2v = retrieval_ranks(over_texts, video_of_text, videos).t2v,
          .v2t = retrieval_ranks(over_videos, video_of_text, videos).v2t};
}

RetrievalRanks dual_softmax_ranks_in_tiles(const FillTile& fill, const VideoOfText& video_of_text, std::size_t videos,
                                           double scale, std::size_t tile_size, TieRule ties) {
  TVTS_ASSERT(tile_size > 0);
  RankCounter<double> t2v(video_of_text, videos), v2t(video_of_text, videos);
  SoftmaxSums of_text(video_of_text.size()), of_video(videos);
  std::vector<float> values;
  std::vector<double> over_texts, over_videos;
  const auto for_each_tile = [&](auto take) {
    for (const SimilarityTile& tile : tiles_of(video_of_text.size(), videos, tile_size)) {
      values.resize(tile.texts * tile.videos);
      fill(tile, values);
      take(tile);
    }
  };
  for_each_tile([&](const SimilarityTile& tile) {
    for_each_value(tile, values, video_of_text, [&](std::size_t text, std::size_t video, double value) {
      of_text.largest[text] = std::fmax(of_text.largest[text], value);
      of_video.largest[video] = std::fmax(of_video.largest[video], value);
    });
  });
  for_each_tile([&](const SimilarityTile& tile) {
    for_each_value(tile, values, video_of_text, [&](std::size_t text, std::size_t video, double value) {
      of_text.sum[text] += std::exp(scale * (value - of_text.largest[text]));
      of_video.sum[video] += std::exp(scale * (value - of_video.largest[video]));
    });
  });
  const auto weigh = [&](const SimilarityTile& tile) {
    over_texts.assign(values.size(), 0);
    over_videos.assign(values.size(), 0);
    for_each_value(tile, values, video_of_text, [&](std::size_t text, std::size_t video, double value) {
      const std::size_t place = (text - tile.first_text) * tile.videos + video - tile.first_video;
      over_texts[place] = of_video.times_softmax(value, video, scale);
      over_videos[place] = of_text.times_softmax(value, text, scale);
    });
  };
  for_each_tile([&](const SimilarityTile& tile) {
    if (!t2v.holds_right(tile)) return;
    weigh(tile);
    t2v.find_right(tile, over_texts);
    v2t.find_right(tile, over_videos);
  });
  for_each_tile([&](const SimilarityTile& tile) {
    weigh(tile);
    t2v.count(tile, over_texts);
    v2t.count(tile, over_videos);
  });
  return {.t2v = t2v.ranks(ties).t2v, .v2t = v2t.ranks(ties).v2t};
}

std::vector<double> recall_hits(std::span<const double> ranks, std::size_t k) {
  std::vector<double> hits;
  for (const double rank : ranks) {
    const bool is_hit = k == 1 ? rank == 1 : rank < static_cast<double>(k) + 1;
    hits.push_back(is_hit ? 100 : 0);
  }
  return hits;
}

RetrievalMetrics retrieval_metrics(std::span<const double> ranks) {
  if (ranks.empty()) fail_input("retrieval: found no query");
  const auto mean = [](std::span<const double> values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
  };
  std::vector<double> sorted(ranks.begin(), ranks.end());
  std::sort(sorted.begin(), sorted.end());
  const std::size_t middle = sorted.size() / 2;
  RetrievalMetrics metrics{.queries = ranks.size(),
                           .r1 = mean(recall_hits(ranks, 1)),
                           .r5 = mean(recall_hits(ranks, 5)),
                           .r10 = mean(recall_hits(ranks, 10)),
                           .r50 = mean(recall_hits(ranks, 50)),
                           .median_rank = (sorted[middle] + sorted[(sorted.size() - 1) / 2]) / 2,
                           .mean_rank = mean(ranks)};
  metrics.geometric_mean = std::cbrt(metrics.r1 * metrics.r5 * metrics.r10);
  return metrics;
}

double mean_matched_similarity(std::span<const float> similarity, const VideoOfText& video_of_text,
                               std::size_t videos) {
  check_size(similarity, video_of_text, videos);
  double sum = 0;
  std::size_t pairs = 0;
  for (std::size_t text = 0; text < video_of_text.size(); ++text) {
    const std::size_t video = video_of_text[text];
    if (video == kNoVideo) continue;
    if (video >= videos) {
      fail_input("retrieval: text ", text, " belongs to video ", video, ", expected less than ", videos);
    }
    sum += static_cast<double>(similarity[text * videos + video]);
    ++pairs;
  }
  if (pairs == 0) fail_input("retrieval: found no text");
  return sum / static_cast<double>(pairs);
}

double expected_ceiling(std::span<const std::size_t> group_of_text, std::size_t k) {
  if (group_of_text.empty()) fail_input("retrieval: found no text");
  std::map<std::size_t, std::size_t> size_of_group;
  for (const std::size_t group : group_of_text) ++size_of_group[group];
  std::size_t found = 0;  // of a group of g videos k are found, or all
  for (const auto& [group, size] : size_of_group) found += std::min(k, size);
  return 100 * static_cast<double>(found) / static_cast<double>(group_of_text.size());
}

}  // namespace tvts
