#include "lab/study/sorting_task.h"

#include <algorithm>
#include <numeric>

#include "tvts/core/error.h"
#include "tvts/core/random.h"
#include "tvts/features/encoder_input.h"
#include "tvts/metrics/accuracy.h"
#include "tvts/train/corpora/clip_reader.h"

namespace tvts {
namespace {

constexpr std::size_t kBatch = 16;

std::vector<TrainingSample> read_samples(const WorldTests& tests, StudyModel& model, const ReadingOptions& options) {
  const auto corpus = open_corpus({.name = "narrated",
                                   .form = "yt-temporal",
                                   .list = tests.narrated_list,
                                   .root = tests.narrated_root,
                                   .segments = model.segments});
  const ClipOptions& clips_of_model = model.embed.clips;
  const ClipForm form = {.num_frames = clips_of_model.num_frames,
                         .image_size = clips_of_model.image_size,
                         .preprocess = clips_of_model.preprocess,
                         .random_crop = false};
  const ClipReader reader(corpus, form, /*cache_folder=*/"", /*max_cached_clip_bytes=*/0);
  std::vector<TrainingSample> samples;
  for (int64_t i = 0; i < corpus->size(); ++i) {
    samples.push_back(reader.read(i, RandomStream(0, "study/sorting/" + corpus->key(i)), options.stop));
    if (options.on_clips) options.on_clips(1);
  }
  return samples;
}

// Logits for the texts of all clips, each shown the clip that stands `shift` positions after it.
at::Tensor logits_of(StudyModel& model, const std::vector<TrainingSample>& samples, std::size_t shift) {
  std::vector<at::Tensor> logits;
  for (std::size_t begin = 0; begin < samples.size(); begin += kBatch) {
    const std::size_t end = std::min(samples.size(), begin + kBatch);
    std::vector<Clip> shown;
    std::vector<std::string> texts;
    for (std::size_t i = begin; i < end; ++i) {
      shown.push_back(samples[(i + shift) % samples.size()].clip);
      texts.insert(texts.end(), samples[i].texts.begin(), samples[i].texts.end());
    }
    const at::Tensor video = video_tensor(shown, model.embed.clips.preprocess, model.embed.clips.num_frames);
    logits.push_back(sort_logits(model, video, texts));
  }
  return at::cat(logits);
}

}  // namespace

std::vector<double> sorted_shares(const at::Tensor& logits) {
  const auto texts = static_cast<std::size_t>(logits.size(1));
  std::vector<std::size_t> right(texts);
  std::iota(right.begin(), right.end(), 0);
  std::vector<double> shares;
  for (int64_t clip = 0; clip < logits.size(0); ++clip) {
    const at::Tensor rows = logits[clip].contiguous();
    const std::vector<double> credits = top_k_credits({rows.const_data_ptr<float>(), texts * texts}, right, texts, 1);
    shares.push_back(100 * std::accumulate(credits.begin(), credits.end(), 0.0) / static_cast<double>(texts));
  }
  return shares;
}

TaskResult sorting_task(const WorldTests& tests, Systems& systems) {
  StudyModel& model = systems.model();
  const std::vector<TrainingSample> samples = read_samples(tests, model, systems.options());
  TaskResult task = {.key = "sorting",
                     .title = concat("sorting ", model.segments, " transcripts"),
                     .chance = 100.0 / static_cast<double>(model.segments)};
  for (const TrainingSample& sample : samples) task.items.push_back(sample.key);
  task.systems.push_back({kModel, sorted_shares(logits_of(model, samples, 0))});
  if (samples.size() > 1) task.systems.push_back({kOtherVideo, sorted_shares(logits_of(model, samples, 1))});
  return task;
}

}  // namespace tvts
