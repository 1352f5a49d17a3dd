#include "tvts/metrics/dual_softmax.h"

#include <cmath>

#include "tvts/core/parallel_for.h"
#include "tvts/metrics/rank_counter.h"

namespace tvts {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// One axis: the largest value of each row or column, and then the sum of exp(scale * (value - it)).
struct SoftmaxSums {
  explicit SoftmaxSums(std::size_t size) : largest(size, -kInfinity), sum(size) {}
  double times_softmax(double value, std::size_t i, double scale) const {
    return value * (std::exp(scale * (value - largest[i])) / sum[i]);
  }
  std::vector<double> largest, sum;
};

// Tells in logarithms which products are below the right one by more than rounding, since they need no exponential:
// with x <= largest, log(x exp(scale (x - m)) / s) <= scale x + log(largest) - (scale m + log(s)).
struct SurelyBelow {
  // bound[i]: of the right product and the largest value of row (or column) i.
  static double bound(double right, double largest) {
    constexpr double kRounding = 1e-6, kSmallest = 1e-290;
    return right > kSmallest && largest > 0 ? std::log(right) - std::log(largest) - kRounding : -kInfinity;
  }
  // False where a value is NaN.
  static bool holds(double scaled_value, double log_sum_exp, double bound) {
    return scaled_value - log_sum_exp < bound;
  }
};

class DualSoftmax {
 public:
  DualSoftmax(const FillTile& fill, const VideoOfText& video_of_text, std::size_t videos, double scale,
              const Tiling& tiling)
      : fill_(fill),
        video_of_text_(video_of_text),
        scale_(scale),
        threads_(tiling.threads),
        tiles_(tiles_of(video_of_text.size(), videos, tiling.size)),
        t2v_(video_of_text, videos),
        v2t_(video_of_text, videos),
        of_text_(video_of_text.size()),
        of_video_(videos) {}

  RetrievalRanks ranks(TieRule ties) {
    for (const SimilarityTile& tile : tiles_) find_largest(tile);
    for (const SimilarityTile& tile : tiles_) add_sums(tile);
    log_of_text_ = logs_of(of_text_);
    log_of_video_ = logs_of(of_video_);
    t2v_bound_.assign(of_text_.sum.size(), -kInfinity);
    v2t_bound_.assign(of_video_.sum.size(), -kInfinity);
    for (const SimilarityTile& tile : tiles_) {
      if (!t2v_.holds_right(tile)) continue;
      weigh(tile);
      t2v_.find_right(tile, over_texts_);
      v2t_.find_right(tile, over_videos_);
    }
    for (std::size_t i = 0; i < t2v_bound_.size(); ++i) {
      t2v_bound_[i] = SurelyBelow::bound(t2v_.right_of_text(i), of_text_.largest[i]);
    }
    for (std::size_t i = 0; i < v2t_bound_.size(); ++i) {
      v2t_bound_[i] = SurelyBelow::bound(v2t_.right_of_video(i), of_video_.largest[i]);
    }
    for (const SimilarityTile& tile : tiles_) {
      weigh(tile);
      t2v_.count(tile, over_texts_, threads_);
      v2t_.count(tile, over_videos_, threads_);
    }
    return {.t2v = t2v_.ranks(ties).t2v, .v2t = v2t_.ranks(ties).v2t};
  }

 private:
  std::vector<double> logs_of(const SoftmaxSums& sums) const {
    std::vector<double> logs;
    for (std::size_t i = 0; i < sums.sum.size(); ++i) {
      logs.push_back(scale_ * sums.largest[i] + std::log(sums.sum[i]));
    }
    return logs;
  }

  void fill(const SimilarityTile& tile) {
    values_.resize(tile.texts * tile.videos);
    fill_(tile, values_);
  }

  // Calls visit(text, video, value) for the tile's values in rows [first_row, end_row) and columns [first_column,
  // end_column), in order; texts that do not exist are left out.
  template <class Visit>
  void for_each_value(const SimilarityTile& tile, std::size_t first_row, std::size_t end_row, std::size_t first_column,
                      std::size_t end_column, Visit visit) const {
    for (std::size_t row = first_row; row < end_row; ++row) {
      const std::size_t text = tile.first_text + row;
      if (video_of_text_[text] == kNoVideo) continue;
      for (std::size_t column = first_column; column < end_column; ++column) {
        visit(text, tile.first_video + column, static_cast<double>(values_[row * tile.videos + column]));
      }
    }
  }

  // The threads share out the texts.
  template <class Visit>
  void by_text(const SimilarityTile& tile, Visit visit) const {
    parallel_for(tile.texts, threads_,
                 [&](std::size_t begin, std::size_t end) { for_each_value(tile, begin, end, 0, tile.videos, visit); });
  }

  // The threads share out the videos.
  template <class Visit>
  void by_video(const SimilarityTile& tile, Visit visit) const {
    parallel_for(tile.videos, threads_,
                 [&](std::size_t begin, std::size_t end) { for_each_value(tile, 0, tile.texts, begin, end, visit); });
  }

  void find_largest(const SimilarityTile& tile) {
    fill(tile);
    const auto raise = [](double& largest, double value) { largest = value > largest ? value : largest; };
    by_text(tile, [&](std::size_t text, std::size_t, double value) { raise(of_text_.largest[text], value); });
    by_video(tile, [&](std::size_t, std::size_t video, double value) { raise(of_video_.largest[video], value); });
  }

  void add_sums(const SimilarityTile& tile) {
    fill(tile);
    const auto add = [this](SoftmaxSums& sums, std::size_t i, double value) {
      sums.sum[i] += std::exp(scale_ * (value - sums.largest[i]));
    };
    by_text(tile, [&](std::size_t text, std::size_t, double value) { add(of_text_, text, value); });
    by_video(tile, [&](std::size_t, std::size_t video, double value) { add(of_video_, video, value); });
  }

  // The products along both axes, or -infinity for those that are surely below the right ones.
  void weigh(const SimilarityTile& tile) {
    fill(tile);
    over_texts_.assign(tile.texts * tile.videos, 0);
    over_videos_.assign(tile.texts * tile.videos, 0);
    by_text(tile, [&](std::size_t text, std::size_t video, double value) {
      const std::size_t index = (text - tile.first_text) * tile.videos + video - tile.first_video;
      const double scaled = scale_ * value;
      over_texts_[index] = SurelyBelow::holds(scaled, log_of_video_[video], t2v_bound_[text])
                               ? -kInfinity
                               : of_video_.times_softmax(value, video, scale_);
      over_videos_[index] = SurelyBelow::holds(scaled, log_of_text_[text], v2t_bound_[video])
                                ? -kInfinity
                                : of_text_.times_softmax(value, text, scale_);
    });
  }

  const FillTile& fill_;
  const VideoOfText& video_of_text_;
  const double scale_;
  const std::size_t threads_;
  const std::vector<SimilarityTile> tiles_;
  RankCounter<double> t2v_, v2t_;
  SoftmaxSums of_text_, of_video_;
  std::vector<double> log_of_text_, log_of_video_;  // log of the sum of exp(scale * value)
  std::vector<double> t2v_bound_, v2t_bound_;       // of SurelyBelow; -infinity until the right ones are known
  std::vector<float> values_;                       // of the tile that was filled last
  std::vector<double> over_texts_, over_videos_;    // of the tile that was weighed last
};

}  // namespace

RetrievalRanks dual_softmax_ranks(const FillTile& fill, const VideoOfText& video_of_text, std::size_t videos,
                                  double scale, const Tiling& tiling, TieRule ties) {
  return DualSoftmax(fill, video_of_text, videos, scale, tiling).ranks(ties);
}

}  // namespace tvts
