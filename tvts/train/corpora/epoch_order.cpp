#include "tvts/train/corpora/epoch_order.h"

#include <limits>
#include <numeric>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/core/random.h"

namespace tvts {
namespace {

constexpr int64_t kMostBlocks = std::numeric_limits<std::uint32_t>::max();
constexpr int64_t kMostPasses = 1000;

// Fisher and Yates.
std::vector<std::uint32_t> permutation(int64_t count, RandomStream random) {
  std::vector<std::uint32_t> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  return order;
}

}  // namespace

int64_t epoch_length(const OrderOptions& options) {
  if (options.block < 1) fail_usage("block: found ", options.block, ", expected 1 or more");
  if (options.samples_per_epoch < 0) {
    fail_usage("samples per epoch: found ", options.samples_per_epoch, ", expected 0 (all) or more");
  }
  const int64_t blocks = options.size / options.block;
  if (blocks > kMostBlocks)
    fail_usage("corpus ", options.name, " has ", blocks, " samples, expected at most ", kMostBlocks);
  const int64_t shuffled = blocks * options.block;
  if (shuffled > 0 && options.samples_per_epoch / shuffled >= kMostPasses) {
    fail_usage("samples per epoch: found ", options.samples_per_epoch, ", expected at most ", kMostPasses,
               " times the ", shuffled, " samples of corpus ", options.name);
  }
  return options.samples_per_epoch > 0 && shuffled > 0 ? options.samples_per_epoch : shuffled;
}

EpochOrder::EpochOrder(const OrderOptions& options, int64_t epoch)
    : block_(options.block), blocks_(options.size / options.block) {
  for (int64_t left = epoch_length(options); left > 0; left -= blocks_ * block_) {
    const std::string stream = concat("order/", options.name, "/epoch ", epoch, "/pass ", passes_.size());
    passes_.push_back(permutation(blocks_, RandomStream(options.seed, stream)));
  }
}

Turn EpochOrder::at(int64_t position) const {
  const int64_t block = position / block_;
  const int64_t pass = block / blocks_;
  const auto& order = passes_.at(static_cast<std::size_t>(pass));
  return {order[static_cast<std::size_t>(block % blocks_)] * block_ + position % block_, pass};
}

}  // namespace tvts
