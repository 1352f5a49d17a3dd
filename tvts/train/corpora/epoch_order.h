// The order of the samples in an epoch.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tvts {

struct OrderOptions {
  std::string name;  // of the corpus: names the random streams
  std::uint64_t seed = 0;
  int64_t size = 0;               // samples of the corpus
  int64_t samples_per_epoch = 0;  // 0: as many as the order has; more: it is gone through again, shuffled anew
  int64_t block = 1;              // neighbours that stay together; a last block that is not whole is left out
};

// Number of samples in an epoch. Throws Error(kUsage) for options that make no sense.
int64_t epoch_length(const OrderOptions& options);

// A sample's turn: `pass` counts how often the epoch has gone through the whole corpus before.
struct Turn {
  int64_t sample = 0, pass = 0;
  bool operator==(const Turn&) const = default;
};

// One epoch, drawn from streams of its own.
class EpochOrder {
 public:
  EpochOrder(const OrderOptions& options, int64_t epoch);
  // 0 <= position < epoch_length().
  Turn at(int64_t position) const;

 private:
  int64_t block_;
  int64_t blocks_;
  std::vector<std::vector<std::uint32_t>> passes_;  // blocks in their order
};

}  // namespace tvts
