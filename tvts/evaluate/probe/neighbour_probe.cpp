#include "tvts/evaluate/probe/neighbour_probe.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <vector>

#include "tvts/model/plain/pooling.h"

namespace tvts {
namespace {

constexpr std::int64_t kBlock = 64;  // items that are held against all training items together

struct Neighbour {
  float cosine = 0;
  std::int64_t row = 0;
};

// The k rows of largest cosine; of equal ones the earlier.
std::vector<Neighbour> nearest(std::span<const float> cosines, std::size_t k) {
  std::vector<Neighbour> best;  // in falling order
  for (std::size_t row = 0; row < cosines.size(); ++row) {
    if (best.size() == k && cosines[row] <= best.back().cosine) continue;
    if (best.size() == k) best.pop_back();
    const auto position = std::ranges::upper_bound(best, cosines[row], std::greater(), &Neighbour::cosine);
    best.insert(position, {.cosine = cosines[row], .row = static_cast<std::int64_t>(row)});
  }
  return best;
}

}  // namespace

at::Tensor neighbour_scores(const LabelledFeatures& train, const at::Tensor& features, const ProbeOptions& options,
                            const ProbeProgress& progress) {
  const at::Tensor bank = l2_normalised(train.features), queries = l2_normalised(features);
  const auto items = static_cast<std::size_t>(bank.size(0));
  const std::size_t k = std::min(items, static_cast<std::size_t>(options.neighbours));
  const std::int64_t* label_of = train.labels.const_data_ptr<std::int64_t>();
  const at::Tensor scores = at::zeros({queries.size(0), train.classes});
  float* row_scores = scores.data_ptr<float>();
  std::int64_t done = 0;
  for (const at::Tensor& block : queries.split(kBlock)) {
    const at::Tensor cosines = at::mm(block, bank.t());
    for (std::int64_t row = 0; row < block.size(0); ++row, row_scores += train.classes) {
      const auto best = nearest({cosines.const_data_ptr<float>() + row * bank.size(0), items}, k);
      for (const Neighbour& one : best) {
        // Beside the nearest one: the same order of classes, and no overflow at a small temperature.
        const double vote = std::exp((one.cosine - best.front().cosine) / options.temperature);
        row_scores[label_of[one.row]] += static_cast<float>(vote);
      }
    }
    progress(done += block.size(0), 0);
  }
  return scores;
}

}  // namespace tvts
