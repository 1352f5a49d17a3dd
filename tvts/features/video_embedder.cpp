#include "tvts/features/video_embedder.h"

#include <utility>

#include "tvts/model/cpu/replicas/one_thread.h"
#include "tvts/model/cpu/replicas/small_model.h"
#include "tvts/model/weights/expected.h"

namespace tvts {
namespace {

// For each thread, of batches and of ends of groups: enough for two groups of one batch.
constexpr std::size_t kJobsAhead = 4;

RowInfo row_info(const Clip& clip) {
  RowInfo info;
  info.start = clip.start_seconds;
  info.end = clip.end_seconds;
  info.frame_seconds = clip.frame_seconds;
  return info;
}

// Gives the clips up once their pixels are through.
EmbeddedBatch embed_batch(const InferenceModel& model, ClipBatch read, const EmbedOptions& options) {
  EmbeddedBatch batch = {.items = std::move(read.items)};
  for (const Clip& clip : read.clips) batch.infos.push_back(row_info(clip));
  ModelInput input = model_input(read.clips, options);
  read.clips = {};
  batch.frames = input.video.size(1);
  if (options.tokens) {
    const VideoFeatures features = model.video_features(input.video);
    batch.embeddings = options.normalize ? l2_normalised(features.embedding) : features.embedding;
    batch.tokens = features.tokens;
  } else {
    batch.embeddings = embed_input(model, input, options);
  }
  batch.frame_counts = std::move(input.frame_counts);
  return batch;
}

bool is_small(const ModelConfig& config) {
  int64_t parameters = 0;
  for (const ExpectedTensor& tensor : expected_tensors(config)) parameters += element_count(tensor.shape);
  return parameters < kParametersOfSmall;
}

// Threads with the model at once. On a CPU each of several computes alone, and so does a single one for a small model
// (docs/decisions/0013-replicas.md).
std::size_t thread_count(const InferenceModel& model, const EmbedOptions& options) {
  return model.device().is_cpu() ? options.replicas : 1;
}

ThreadOptions model_threads(const InferenceModel& model, const EmbedOptions& options) {
  const std::size_t count = thread_count(model, options);
  const bool each_alone = model.device().is_cpu() && (count > 1 || is_small(model.config()));
  return {.count = count,
          .purpose = "for the model",
          .remedy = "set TVTS_NUM_THREADS to fewer",
          .start = each_alone ? start_one_thread : ThreadOptions().start};
}

}  // namespace

EmbedOptions for_inputs(EmbedOptions options, std::optional<std::size_t> inputs) {
  if (inputs == 1U && !options.clips.window) options.replicas = 1;
  return options;
}

// A batch of clips and what the model made of it, or the end of a group.
struct VideoEmbedder::Job {
  ClipBatch read;
  EmbeddedBatch batch;
  std::optional<ReadGroup> group;  // whose end this is
};

VideoEmbedder::VideoEmbedder(const InferenceModel& model, const EmbedOptions& options, MediaFeed feed,
                             std::stop_token stop, GroupSizes sizes)
    : model_(model),
      options_(options),
      sizes_(sizes ? std::move(sizes) : [size = options.batch_size] { return size; }),
      stop_(std::move(stop)),
      stream_(std::move(feed), options.clips, options.workers, stop_.token()),
      reader_(stream_, options.batch_size),
      workers_(
          model_threads(model, options), /*capacity=*/kJobsAhead * thread_count(model, options),
          [this] { return claim(); },
          [this](Job& job, const std::stop_token&) {
            if (!job.group) job.batch = embed_batch(model_, std::move(job.read), options_);
          },
          stop_) {}

std::shared_ptr<VideoEmbedder::Job> VideoEmbedder::claim() {
  if (!is_in_group_) reader_.begin_group(sizes_());
  auto clips = reader_.next_batch();
  is_in_group_ = clips.has_value();
  if (clips) return std::make_shared<Job>(Job{.read = std::move(*clips), .batch = {}, .group = {}});
  ReadGroup group = reader_.take_group();
  if (group.items.empty()) return nullptr;
  return std::make_shared<Job>(Job{.read = {}, .batch = {}, .group = std::move(group)});
}

std::vector<EmbeddedItem> VideoEmbedder::next_group() {
  std::vector<EmbeddedBatch> batches;
  while (const auto job = workers_.next_done()) {
    if (job->group) return embedded_items(std::move(*job->group), batches);
    batches.push_back(std::move(job->batch));
  }
  return {};
}

}  // namespace tvts
