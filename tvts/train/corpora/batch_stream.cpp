#include "tvts/train/corpora/batch_stream.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/core/ordered_workers.h"
#include "tvts/train/corpora/clip_reader.h"
#include "tvts/train/corpora/epoch_order.h"
#include "tvts/train/corpora/sample_slot.h"

namespace tvts {
namespace {

constexpr int64_t kFewSamples = 100;
constexpr std::size_t kReasonsKept = 3;

OrderOptions order_options(const Corpus& corpus, const BatchOptions& options) {
  return {.name = corpus.options().name,
          .seed = options.seed,
          .size = corpus.size(),
          .samples_per_epoch = options.samples_per_epoch,
          .block = options.block};
}

void check(const BatchOptions& options) {
  constexpr int64_t kMost = int64_t{1} << 20;
  const auto within = [](const char* name, int64_t value, int64_t least, int64_t most) {
    if (value < least || value > most) fail_usage(name, ": found ", value, ", expected ", least, " to ", most);
  };
  within("batch size", options.global_batch, 1, kMost);
  within("ranks", options.world_size, 1, options.global_batch);
  within("rank", options.rank, 0, options.world_size - 1);
  within("workers", static_cast<int64_t>(std::min<std::size_t>(options.workers, kMost)), 1, 1024);
  within("frames of a clip", options.form.num_frames, 1, 1 << 14);
  within("image size", options.form.image_size, 1, 1 << 12);
  if (options.block > 1 && options.global_batch % options.block != 0) {
    fail_usage("batch size: found ", options.global_batch, ", expected a multiple of the ", options.block,
               " samples that stay together");
  }
  if (!(options.max_bad_share >= 0 && options.max_bad_share <= 1)) {
    fail_usage("share of bad samples: found ", options.max_bad_share, ", expected 0 to 1");
  }
}

}  // namespace

// Positions in this rank's batches are numbered on from 0, and claimed in that order, so that the order of an epoch is
// made once.
struct BatchStream::State {
  State(std::shared_ptr<const Corpus> corpus, BatchOptions options, int64_t first_batch, std::stop_token stop);

  struct Job {
    int64_t epoch = 0;
    Turn turn;
    SampleSlot slot;
  };

  std::shared_ptr<Job> claim();
  SampleSlot take();
  void count(const SampleSlot& slot);

  const std::shared_ptr<const Corpus> corpus_;
  const BatchOptions options_;
  const OrderOptions order_options_;
  const int64_t batches_per_epoch_, slice_begin_, local_batch_, first_batch_;
  const ClipReader reader_;

  // Of the claims alone.
  int64_t claimed_ = 0;
  int64_t order_epoch_ = -1;
  std::optional<EpochOrder> order_;

  // Of the consumer alone.
  int64_t next_batch_;
  StreamCounts counts_;
  std::set<std::string> bad_keys_;
  std::vector<std::string> first_reasons_;

  LinkedStop stop_;
  std::optional<OrderedWorkers<Job>> workers_;
};

BatchStream::State::State(std::shared_ptr<const Corpus> corpus, BatchOptions options, int64_t first_batch,
                          std::stop_token stop)
    : corpus_(std::move(corpus)),
      options_((check(options), std::move(options))),
      order_options_(order_options(*corpus_, options_)),
      batches_per_epoch_(epoch_length(order_options_) / options_.global_batch),
      slice_begin_(options_.rank * options_.global_batch / options_.world_size),
      local_batch_((options_.rank + 1) * options_.global_batch / options_.world_size - slice_begin_),
      first_batch_(first_batch),
      reader_(corpus_, options_.form, options_.cache_folder, options_.max_cached_clip_bytes),
      next_batch_(first_batch),
      stop_(std::move(stop)) {
  if (first_batch < 0) fail_usage("first batch: found ", first_batch, ", expected 0 or more");
  if (batches_per_epoch_ == 0) {
    fail_input("corpus ", corpus_->options().name, " has ", corpus_->size(),
               " samples, expected at least one batch of ", options_.global_batch,
               "; use a smaller batch, or more samples per epoch to go through it repeatedly");
  }
  const auto fill = [this](Job& job, const std::stop_token& stopped) {
    job.slot = fill_slot(*corpus_, reader_, options_.seed, job.epoch, job.turn, stopped);
  };
  workers_.emplace(
      ThreadOptions{.count = options_.workers, .purpose = "that decode", .remedy = "try fewer workers"},
      /*capacity=*/static_cast<std::size_t>(local_batch_) + options_.workers, [this] { return claim(); }, fill, stop_);
}

std::shared_ptr<BatchStream::State::Job> BatchStream::State::claim() {
  const int64_t position = claimed_++;
  const int64_t batch = first_batch_ + position / local_batch_;
  const int64_t epoch = batch / batches_per_epoch_;
  if (order_epoch_ != epoch) order_.emplace(order_options_, epoch);
  order_epoch_ = epoch;
  const int64_t in_epoch = batch % batches_per_epoch_ * options_.global_batch + slice_begin_ + position % local_batch_;
  return std::make_shared<Job>(Job{.epoch = epoch, .turn = order_->at(in_epoch), .slot = {}});
}

SampleSlot BatchStream::State::take() {
  const auto begin = std::chrono::steady_clock::now();
  const auto job = workers_->next_done();
  counts_.wait_seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return std::move(job->slot);
}

// Counting here, in the order of the batches, makes it the same in every run.
void BatchStream::State::count(const SampleSlot& slot) {
  counts_.read += static_cast<int64_t>(slot.bad.size()) + (slot.sample ? 1 : 0);
  counts_.replaced += static_cast<int64_t>(slot.bad.size());
  if (!slot.warning.empty() && options_.on_bad) options_.on_bad(slot.warning);
  for (const BadSample& bad : slot.bad) {
    if (!bad_keys_.insert(bad.key).second) continue;
    if (first_reasons_.size() < kReasonsKept) first_reasons_.push_back(bad.reason);
    if (options_.on_bad) options_.on_bad(bad.reason);
  }
  const double allowed = options_.max_bad_share * static_cast<double>(counts_.read);
  const bool too_many = counts_.read >= kFewSamples && static_cast<double>(counts_.replaced) > allowed;
  if (!too_many && slot.sample) return;
  std::string reasons;
  for (const std::string& reason : first_reasons_) reasons += (reasons.empty() ? "" : " | ") + reason;
  fail_input("corpus ", corpus_->options().name, ": ", counts_.replaced, " of ", counts_.read,
             " samples cannot be read, expected at most a share of ", options_.max_bad_share, "; the first: ", reasons);
}

BatchStream::BatchStream(std::shared_ptr<const Corpus> corpus, BatchOptions options, int64_t first_batch,
                         std::stop_token stop)
    : state_(std::make_unique<State>(std::move(corpus), std::move(options), first_batch, std::move(stop))) {}

BatchStream::~BatchStream() = default;

TrainingBatch BatchStream::next() {
  TrainingBatch batch{.index = state_->next_batch_, .epoch = state_->next_batch_ / state_->batches_per_epoch_};
  for (int64_t i = 0; i < state_->local_batch_; ++i) {
    SampleSlot slot = state_->take();
    state_->count(slot);
    TrainingSample& sample = *slot.sample;
    TVTS_ASSERT(sample.clip.frames == state_->options_.form.num_frames);
    TVTS_ASSERT(batch.texts.size() == batch.keys.size() * sample.texts.size());  // as many for each clip
    batch.keys.push_back(std::move(sample.key));
    batch.clips.push_back(std::move(sample.clip));
    std::ranges::move(sample.texts, std::back_inserter(batch.texts));
  }
  ++state_->next_batch_;
  return batch;
}

StreamCounts BatchStream::counts() const { return state_->counts_; }
int64_t BatchStream::batches_per_epoch() const { return state_->batches_per_epoch_; }

}  // namespace tvts
