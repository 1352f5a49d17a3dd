// One position of a batch: the sample that took it, and the samples that could not.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "tvts/train/corpora/clip_reader.h"
#include "tvts/train/corpora/epoch_order.h"

namespace tvts {

struct BadSample {
  std::string key, reason;
};

struct SampleSlot {
  std::optional<TrainingSample> sample;  // absent: one sample after another could not be read
  std::vector<BadSample> bad;
  std::string warning;  // of the cache
};

// The sample whose turn it is or, where that cannot be read, another drawn at random, and so on for a hundred. All is
// drawn from streams of the seed, the corpus's name, the epoch and the turn. Throws Error(kInterrupted) on stop.
SampleSlot fill_slot(const Corpus& corpus, const ClipReader& reader, std::uint64_t seed, int64_t epoch,
                     const Turn& turn, const std::stop_token& stop);

}  // namespace tvts
