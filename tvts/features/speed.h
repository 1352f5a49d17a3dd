// Measures the speed of a model on this machine, stage by stage.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tvts/features/video_embedder.h"
#include "tvts/text/tokenizer.h"

namespace tvts {

// Medians over the rounds; 0 where a stage was not measured.
struct SpeedReport {
  double model_seconds = 0;   // the video encoder alone, a clip
  double text_seconds = 0;    // the text encoder, a text
  double decode_seconds = 0;  // from files to pixels with nothing beside it, a clip
  double whole_seconds = 0;   // from files to embeddings, a clip
  std::size_t clips = 0;      // that the videos gave
  std::size_t failed = 0;     // videos that gave none

  // The time of the whole if decoding and the model took turns on the same cores.
  double turns_seconds() const { return decode_seconds + model_seconds; }
};

class SpeedTest {
 public:
  // options: how clips are read, and batched; threads: those that decode when nothing runs beside them.
  SpeedTest(const InferenceModel& model, const EmbedOptions& options, std::size_t threads, std::size_t rounds,
            std::stop_token stop);

  // Clips of random numbers, a batch at a time.
  void measure_model(SpeedReport& report);
  void measure_texts(const Tokenizer& tokenizer, const std::vector<std::string>& texts, SpeedReport& report);
  // Throws Error(kInput) where not one video can be read, and what is thrown by reading a list.
  void measure_videos(const std::vector<MediaItem>& videos, SpeedReport& report);

 private:
  template <class Run>
  double median_seconds(const Run& run) const;

  const InferenceModel& model_;
  const EmbedOptions options_;
  const std::size_t threads_, rounds_;
  const std::stop_token stop_;
};

}  // namespace tvts
