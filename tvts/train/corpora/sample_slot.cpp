#include "tvts/train/corpora/sample_slot.h"

#include "tvts/core/error.h"

namespace tvts {

SampleSlot fill_slot(const Corpus& corpus, const ClipReader& reader, std::uint64_t seed, int64_t epoch,
                     const Turn& turn, const std::stop_token& stop) {
  constexpr int kMostTries = 100;
  SampleSlot slot;
  const auto read = [&](int64_t sample, const std::string& stream) {
    try {
      slot.sample = reader.read(sample, RandomStream(seed, stream), stop, &slot.warning);
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::kInterrupted) throw;
      slot.bad.push_back({corpus.key(sample), error.what()});
    }
    return slot.sample.has_value();
  };
  const std::string stream_name =
      concat(corpus.options().name, "/epoch ", epoch, "/pass ", turn.pass, "/sample ", turn.sample);
  if (read(turn.sample, "clip/" + stream_name)) return slot;
  RandomStream others(seed, "replace/" + stream_name);
  for (int tries = 1; tries < kMostTries; ++tries) {
    const auto other = static_cast<int64_t>(others.below(static_cast<std::uint64_t>(corpus.size())));
    if (read(other, concat("clip/", stream_name, "/instead ", other))) return slot;
  }
  return slot;
}

}  // namespace tvts
