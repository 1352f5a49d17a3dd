#include "tvts/embed/video_embedder.h"

#include <system_error>

#include "tvts/core/error.h"
#include "tvts/lanes/one_thread.h"

namespace tvts {
namespace {

RowInfo row_info(const Clip& clip) {
  RowInfo info;
  info.start = clip.start_seconds;
  info.end = clip.end_seconds;
  info.frame_seconds = clip.frame_seconds;
  return info;
}

std::vector<float> to_vector(const at::Tensor& row) {
  const float* values = row.const_data_ptr<float>();
  return {values, values + row.numel()};
}

// What is known of a whole video only once it has been read.
void describe_rows(EmbeddedItem& item, const VideoReport& report) {
  for (EmbeddedRow& row : item.result.rows) {
    row.info.duration = report.duration_seconds;
    if (report.frame_rate > 0) row.info.fps = report.frame_rate;
    row.info.frames_promised = report.frames_promised;
    row.info.frames_found = report.frames_found;
    row.info.decode_errors = report.decode_errors;
    row.info.warnings = item.item.warnings;
    row.info.warnings.insert(row.info.warnings.end(), report.warnings.begin(), report.warnings.end());
  }
}

ClipTokens clip_tokens(const at::Tensor& tokens, int64_t frame_count) {
  const int64_t patches = tokens.size(0) / frame_count * frame_count;  // the B kind has CLS before them
  const at::Tensor frames = tokens.narrow(0, tokens.size(0) - patches, patches).unflatten(0, {frame_count, -1}).mean(1);
  return {.tokens = tokens, .frames = frames};
}

}  // namespace

EmbedOptions for_inputs(EmbedOptions options, std::optional<std::size_t> inputs) {
  if (inputs == 1U && !options.clips.window) options.lanes = 1;
  return options;
}

// Clips on their way through the model, and what it made of them.
struct VideoEmbedder::Batch {
  std::vector<std::size_t> items;  // of its group
  std::vector<Clip> clips;         // given up once their pixels are through
  int64_t frames = 0;              // of each, with those that stand in for missing ones
  std::vector<RowInfo> infos;
  std::vector<int64_t> frame_counts;
  at::Tensor embeddings;  // [clips, E]
  at::Tensor tokens;      // when asked for
};

struct VideoEmbedder::Group {
  std::deque<Batch> batches;  // in the order of their clips; stay where they are
  std::size_t in_model = 0;
  ReadGroup read;  // once is_read
  bool is_read = false;
  std::exception_ptr error;

  bool is_done() const { return is_read && in_model == 0; }
};

VideoEmbedder::VideoEmbedder(const InferenceModel& model, const EmbedOptions& options, MediaFeed feed,
                             std::stop_token stop, GroupSizes sizes)
    : model_(model),
      options_(options),
      sizes_(sizes ? std::move(sizes) : [size = options.batch_size] { return size; }),
      lanes_(model.device().is_cpu() ? options.lanes : 1),
      outer_stop_(std::move(stop), [this] { stop_.request_stop(); }),
      stream_(std::move(feed), options.clips, options.workers, stop_.get_token()),
      reader_(stream_, options.batch_size) {
  try {
    for (std::size_t i = 0; i < lanes_; ++i) start_lane();
  } catch (const std::system_error& error) {
    release_lanes();
    fail(ErrorKind::kFailed, "cannot start ", lanes_, " threads for the model: ", error.what(),
         "; set TVTS_NUM_THREADS to fewer");
  }
}

VideoEmbedder::~VideoEmbedder() { release_lanes(); }

void VideoEmbedder::start_lane() {
  const auto run = [this] { run_lane(); };
  threads_.push_back(lanes_ > 1 ? start_one_thread(run) : std::jthread(run));
}

void VideoEmbedder::release_lanes() {
  stop_.request_stop();
  {
    const std::lock_guard lock(mutex_);
    is_ended_ = true;
    room_.notify_all();
  }
  threads_.clear();
}

void VideoEmbedder::run_lane() {
  while (const auto work = claim_work()) {
    std::exception_ptr error;
    try {
      run(*work->batch);
    } catch (...) {
      error = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    if (error) work->group->error = error;
    --work->group->in_model;
    done_.notify_all();
  }
}

// One lane reads at a time. What reading throws ends the feed.
std::optional<VideoEmbedder::Work> VideoEmbedder::claim_work() {
  const std::lock_guard reading(reading_mutex_);
  try {
    if (auto work = read_work()) return work;
  } catch (...) {
    const std::lock_guard lock(mutex_);
    (reading_ ? reading_->error : error_) = std::current_exception();
    if (reading_) reading_->is_read = true;
  }
  const std::lock_guard lock(mutex_);
  is_ended_ = true;
  done_.notify_all();
  return std::nullopt;
}

std::optional<VideoEmbedder::Work> VideoEmbedder::read_work() {
  for (;;) {
    if (!reading_) {
      if (!wait_for_room()) return std::nullopt;
      reader_.begin_group(sizes_());
    }
    auto clips = reader_.next_batch();
    const std::lock_guard lock(mutex_);
    if (!reading_) {
      if (reader_.group().items.empty()) return std::nullopt;
      groups_.push_back(reading_ = std::make_shared<Group>());
    }
    if (clips) {
      Batch& batch =
          reading_->batches.emplace_back(Batch{.items = std::move(clips->items), .clips = std::move(clips->clips)});
      ++reading_->in_model;
      return Work{reading_, &batch};
    }
    reading_->read = reader_.group();
    reading_->is_read = true;
    reading_.reset();
    done_.notify_all();
  }
}

// Before a group is begun: a few may wait to be taken. False at the end.
bool VideoEmbedder::wait_for_room() {
  std::unique_lock lock(mutex_);
  room_.wait(lock, [&] { return is_ended_ || groups_.size() < 2 * lanes_; });
  return !is_ended_;
}

void VideoEmbedder::run(Batch& batch) {
  for (const Clip& clip : batch.clips) batch.infos.push_back(row_info(clip));
  const ModelInput input = model_input(batch.clips, options_);
  batch.clips.clear();
  batch.frames = input.video.size(1);
  batch.frame_counts = input.frame_counts;
  if (!options_.tokens) {
    batch.embeddings = embed_input(model_, input, options_);
    return;
  }
  const VideoFeatures features = model_.video_features(input.video);
  batch.embeddings = options_.normalize ? l2_normalised(features.embedding) : features.embedding;
  batch.tokens = features.tokens;
}

std::vector<EmbeddedItem> VideoEmbedder::results(Group& group) const {
  std::vector<EmbeddedItem> items;
  for (MediaItem& item : group.read.items) items.push_back({.item = std::move(item)});
  for (const Batch& batch : group.batches) {
    for (std::size_t i = 0; i < batch.items.size(); ++i) {
      EmbeddedItem& item = items[batch.items[i]];
      const auto row = static_cast<int64_t>(i);
      item.result.rows.push_back({.embedding = to_vector(batch.embeddings[row]), .info = batch.infos[i]});
      item.frames += static_cast<std::size_t>(batch.frame_counts[i]);
      if (options_.tokens) item.tokens.push_back(clip_tokens(batch.tokens[row], batch.frames));
    }
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    const ItemEnd& end = group.read.ends[i];
    if (!end.status.empty()) items[i].result = {.rows = {}, .status = end.status, .error_message = end.error};
    describe_rows(items[i], end.report);
  }
  return items;
}

std::vector<EmbeddedItem> VideoEmbedder::next_group() {
  std::shared_ptr<Group> group;
  {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return groups_.empty() ? is_ended_ : groups_.front()->is_done(); });
    if (stop_.stop_requested()) fail(ErrorKind::kInterrupted, "interrupted");
    if (groups_.empty()) {
      if (error_) std::rethrow_exception(error_);
      return {};
    }
    group = std::move(groups_.front());
    groups_.pop_front();
    room_.notify_one();
  }
  if (group->error) std::rethrow_exception(group->error);
  return results(*group);
}

}  // namespace tvts
