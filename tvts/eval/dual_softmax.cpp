#include "tvts/eval/dual_softmax.h"

#include <cmath>

#include "tvts/eval/rank_counter.h"

namespace tvts {
namespace {

// One axis: the largest value of each row or column, and then the sum of exp(scale * (value - it)).
struct SoftmaxSums {
  explicit SoftmaxSums(std::size_t size) : largest(size, -std::numeric_limits<double>::infinity()), sum(size) {}
  double times_softmax(double value, std::size_t i, double scale) const {
    return value * (std::exp(scale * (value - largest[i])) / sum[i]);
  }
  std::vector<double> largest, sum;
};

class DualSoftmax {
 public:
  DualSoftmax(const FillTile& fill, const VideoOfText& video_of_text, std::size_t videos, double scale,
              std::size_t tile_size)
      : fill_(fill),
        video_of_text_(video_of_text),
        scale_(scale),
        tiles_(tiles_of(video_of_text.size(), videos, tile_size)),
        t2v_(video_of_text, videos),
        v2t_(video_of_text, videos),
        of_text_(video_of_text.size()),
        of_video_(videos) {}

  RetrievalRanks ranks(TieRule ties) {
    for (const SimilarityTile& tile : tiles_) find_largest(tile);
    for (const SimilarityTile& tile : tiles_) add_sums(tile);
    for (const SimilarityTile& tile : tiles_) {
      if (!t2v_.holds_right(tile)) continue;
      weigh(tile);
      t2v_.find_right(tile, over_texts_);
      v2t_.find_right(tile, over_videos_);
    }
    for (const SimilarityTile& tile : tiles_) {
      weigh(tile);
      t2v_.count(tile, over_texts_);
      v2t_.count(tile, over_videos_);
    }
    return {.t2v = t2v_.ranks(ties).t2v, .v2t = v2t_.ranks(ties).v2t};
  }

 private:
  // Calls visit(text, video, value) for every value of a tile, in order; texts that do not exist are left out.
  template <class Visit>
  void for_each_value(const SimilarityTile& tile, Visit visit) {
    values_.resize(tile.texts * tile.videos);
    fill_(tile, values_);
    for (std::size_t row = 0; row < tile.texts; ++row) {
      const std::size_t text = tile.first_text + row;
      if (video_of_text_[text] == kNoVideo) continue;
      for (std::size_t column = 0; column < tile.videos; ++column) {
        visit(text, tile.first_video + column, static_cast<double>(values_[row * tile.videos + column]));
      }
    }
  }

  void find_largest(const SimilarityTile& tile) {
    for_each_value(tile, [&](std::size_t text, std::size_t video, double value) {
      of_text_.largest[text] = std::fmax(of_text_.largest[text], value);
      of_video_.largest[video] = std::fmax(of_video_.largest[video], value);
    });
  }

  void add_sums(const SimilarityTile& tile) {
    for_each_value(tile, [&](std::size_t text, std::size_t video, double value) {
      of_text_.sum[text] += std::exp(scale_ * (value - of_text_.largest[text]));
      of_video_.sum[video] += std::exp(scale_ * (value - of_video_.largest[video]));
    });
  }

  void weigh(const SimilarityTile& tile) {
    over_texts_.assign(tile.texts * tile.videos, 0);
    over_videos_.assign(tile.texts * tile.videos, 0);
    for_each_value(tile, [&](std::size_t text, std::size_t video, double value) {
      const std::size_t place = (text - tile.first_text) * tile.videos + video - tile.first_video;
      over_texts_[place] = of_video_.times_softmax(value, video, scale_);
      over_videos_[place] = of_text_.times_softmax(value, text, scale_);
    });
  }

  const FillTile& fill_;
  const VideoOfText& video_of_text_;
  const double scale_;
  const std::vector<SimilarityTile> tiles_;
  RankCounter<double> t2v_, v2t_;
  SoftmaxSums of_text_, of_video_;
  std::vector<float> values_;
  std::vector<double> over_texts_, over_videos_;  // of the tile that was weighed last
};

}  // namespace

RetrievalRanks dual_softmax_ranks(const FillTile& fill, const VideoOfText& video_of_text, std::size_t videos,
                                  double scale, std::size_t tile_size, TieRule ties) {
  return DualSoftmax(fill, video_of_text, videos, scale, tile_size).ranks(ties);
}

}  // namespace tvts
