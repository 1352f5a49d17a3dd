// Counts, tile by tile, how many similarities lie above and level with the right answer's. Two passes over the matrix:
// find_right() on every tile that holds right answers, then count() on every tile.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "tvts/core/error.h"
#include "tvts/core/parallel_for.h"
#include "tvts/metrics/retrieval_ranks.h"

namespace tvts {

template <class Value>
class RankCounter {
 public:
  // Throws Error(kInput) where a text belongs to no video in range or a video has no text.
  RankCounter(const VideoOfText& video_of_text, std::size_t videos)
      : video_of_text_(video_of_text),
        right_of_text_(video_of_text.size()),
        right_of_video_(videos, kUnseen),
        above_text_(video_of_text.size()),
        level_with_text_(video_of_text.size()),
        above_video_(videos),
        level_with_video_(videos) {
    std::vector<bool> has_text(videos);
    for (std::size_t text = 0; text < video_of_text.size(); ++text) {
      const std::size_t video = video_of_text[text];
      if (video == kNoVideo) continue;
      if (video >= videos) {
        fail_input("retrieval: text ", text, " belongs to video ", video, ", expected less than ", videos);
      }
      has_text[video] = true;
    }
    for (std::size_t video = 0; video < videos; ++video) {
      if (!has_text[video]) fail_input("retrieval: video ", video, " has no text; leave it out");
    }
  }

  bool holds_right(const SimilarityTile& tile) const {
    for (std::size_t text = tile.first_text; text < tile.first_text + tile.texts; ++text) {
      if (is_in(tile, video_of_text_[text])) return true;
    }
    return false;
  }

  void find_right(const SimilarityTile& tile, std::span<const Value> values) {
    for (std::size_t row = 0; row < tile.texts; ++row) {
      const std::size_t text = tile.first_text + row;
      const std::size_t video = video_of_text_[text];
      if (!is_in(tile, video)) continue;
      right_of_text_[text] = values[row * tile.videos + video - tile.first_video];
      // Of several captions the one with the highest score has the best rank.
      right_of_video_[video] = std::fmax(right_of_video_[video], right_of_text_[text]);
    }
  }

  // Throws Error(kInput) where a similarity is NaN.
  void count(const SimilarityTile& tile, std::span<const Value> values, std::size_t threads = 1) {
    parallel_for(tile.texts, threads, [&](std::size_t begin, std::size_t end) {
      for_each_row(tile, values, begin, end,
                   [&](std::size_t text, std::span<const Value> row) { count_for_text(text, tile, row); });
    });
    parallel_for(tile.videos, threads, [&](std::size_t begin, std::size_t end) {
      for_each_row(tile, values, 0, tile.texts, [&](std::size_t, std::span<const Value> row) {
        count_for_videos(tile.first_video + begin, row.subspan(begin, end - begin));
      });
    });
  }

  Value right_of_text(std::size_t text) const { return right_of_text_[text]; }
  Value right_of_video(std::size_t video) const { return right_of_video_[video]; }

  RetrievalRanks ranks(TieRule ties) const {
    RetrievalRanks ranks;
    for (std::size_t text = 0; text < video_of_text_.size(); ++text) {
      if (video_of_text_[text] == kNoVideo) continue;
      ranks.t2v.push_back(ties == TieRule::kMean ? mean_rank(above_text_[text], level_with_text_[text])
                                                 : static_cast<double>(above_text_[text] + 1));
    }
    for (std::size_t video = 0; video < above_video_.size(); ++video) {
      ranks.v2t.push_back(mean_rank(above_video_[video], level_with_video_[video]));
    }
    return ranks;
  }

 private:
  static constexpr Value kUnseen = -std::numeric_limits<Value>::infinity();

  // The right one is among those that are level with it.
  static double mean_rank(std::size_t above, std::size_t level) {
    return static_cast<double>(above + 1) + static_cast<double>(level - 1) / 2;
  }

  static bool is_in(const SimilarityTile& tile, std::size_t video) {
    return video >= tile.first_video && video - tile.first_video < tile.videos;
  }

  // Calls visit(text, its values) for the texts that exist, of the tile's rows [begin, end).
  template <class Visit>
  void for_each_row(const SimilarityTile& tile, std::span<const Value> values, std::size_t begin, std::size_t end,
                    Visit visit) const {
    for (std::size_t row = begin; row < end; ++row) {
      const std::size_t text = tile.first_text + row;
      if (video_of_text_[text] != kNoVideo) visit(text, values.subspan(row * tile.videos, tile.videos));
    }
  }

  void count_for_text(std::size_t text, const SimilarityTile& tile, std::span<const Value> row) {
    const Value right = right_of_text_[text];
    std::size_t above = 0, level = 0, not_numbers = 0;
    for (const Value value : row) {
      above += value > right;
      level += value == right;
      not_numbers += std::isnan(value);
    }
    if (not_numbers > 0) {
      const auto found = std::find_if(row.begin(), row.end(), [](Value value) { return std::isnan(value); });
      fail_input("retrieval: the similarity of text ", text, " and video ", tile.first_video + (found - row.begin()),
                 " is NaN");
    }
    above_text_[text] += above;
    level_with_text_[text] += level;
  }

  void count_for_videos(std::size_t first_video, std::span<const Value> values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      above_video_[first_video + i] += values[i] > right_of_video_[first_video + i];
      level_with_video_[first_video + i] += values[i] == right_of_video_[first_video + i];
    }
  }

  const VideoOfText& video_of_text_;
  std::vector<Value> right_of_text_, right_of_video_;
  std::vector<std::size_t> above_text_, level_with_text_, above_video_, level_with_video_;
};

}  // namespace tvts
