#include "tvts/train/loop/trainer.h"

#include <ATen/Parallel.h>

#include <filesystem>
#include <map>
#include <optional>

#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/core/throw_if_stopped.h"
#include "tvts/core/whole_file.h"
#include "tvts/model/pretrained/save_model.h"
#include "tvts/model/runtime/device.h"
#include "tvts/report/training_curves.h"
#include "tvts/train/loop/divergence.h"
#include "tvts/train/loop/gradient_reducer.h"
#include "tvts/train/loop/initial_model.h"
#include "tvts/train/loop/rank_checks.h"
#include "tvts/train/loop/rank_texts.h"
#include "tvts/train/loop/resolve.h"
#include "tvts/train/loop/run_folder.h"
#include "tvts/train/loop/run_precision.h"
#include "tvts/train/loop/run_state.h"
#include "tvts/train/loop/step_meter.h"
#include "tvts/train/loop/trained_spec.h"
#include "tvts/train/loop/training_data.h"
#include "tvts/train/loop/training_log.h"
#include "tvts/train/loop/validation.h"
#include "tvts/train/objective/batch_gradients.h"

namespace tvts {
namespace {

std::size_t replicas_for(int64_t parts) {
  return static_cast<std::size_t>(std::min<int64_t>(parts, at::get_num_threads()));
}

int64_t count_of(const std::vector<at::Tensor>& values) {
  int64_t count = 0;
  for (const at::Tensor& value : values) count += value.numel();
  return count;
}

void move_to(DualEncoder& model, const at::Device& device) {
  model.video->to(device);
  model.text->to(device);
  if (!model.sort_head.is_empty()) model.sort_head->to(device);
}

ObjectiveBatch on_device(ObjectiveBatch batch, const at::Device& device) {
  batch.video = batch.video.to(device);
  batch.ids = batch.ids.to(device);
  if (batch.keep.defined()) batch.keep = batch.keep.to(device);
  return batch;
}

class Trainer {
 public:
  Trainer(const TrainConfig& config, const RunContext& context, Collective& collective, std::stop_token stop)
      : config_(config),
        collective_(collective),
        stop_(std::move(stop)),
        is_rank0_(collective.rank() == 0),
        device_(device_named(config.device)),
        objective_(objective_options(config)),
        schedule_(schedule_options(config)),
        context_(context),
        trained_(initial_model(config, context.vocabulary_path)) {
    DualEncoder& model = trained_.model;
    move_to(model, device_);
    model.video->set_recompute(config.recompute);
    model.text->set_recompute(config.recompute);
    optimizer_ =
        std::make_unique<Optimizer>(model, freeze_options(config, model.config.text.layers), optimizer_options(config));
    const int64_t parts = batch_parts(config, count_of(optimizer_->values()));
    replicas_ = std::make_unique<Replicas>(replicas_for(parts));
    gradients_ = std::make_unique<BatchGradients>(model, optimizer_->values(), parts, *replicas_);
    prepare_validation();
    resume();
    data_ = std::make_unique<TrainingData>(config, model.config, trained_.tokenizer, collective.rank(),
                                           collective.world_size(), state_.step, stop_);
    require_same_samples(config, data_->samples(), collective);
    reducer_ = std::make_unique<GradientReducer>(optimizer_->values(), collective);
    if (is_rank0_) log_ = std::make_unique<TrainingLog>(folder_.log(), state_.step);
  }

  std::string run() {
    const int64_t steps_per_epoch = data_->steps_per_epoch(), total = steps_per_epoch * config_.epochs;
    steps_ = total;
    if (validation_ && state_.step == 0) record(start_result_);
    const int64_t clips_before = state_.clips;
    JobProgress& progress = *context_.progress;
    if (is_rank0_) progress.begin("clips", static_cast<std::size_t>(data_->clips_between(state_.step, total)));
    while (state_.step < total) {
      const int64_t epoch = state_.step / steps_per_epoch;
      take_step_or_stop(epoch, rate_factor(schedule_, state_.step, epoch, total));
      if (is_rank0_) progress.update({.done = static_cast<std::size_t>(state_.clips - clips_before)});
      look_after_step(state_.step % steps_per_epoch == 0, state_.step == total);
    }
    if (!is_rank0_) return folder_.model();
    progress.finish();
    return save_released();
  }

 private:
  bool is_due(int64_t every, bool epoch_ends) const { return every > 0 ? state_.step % every == 0 : epoch_ends; }

  void prepare_validation() {
    if (!is_rank0_ || config_.validation.list.empty()) return;
    validation_ = std::make_unique<Validation>(config_, trained_spec(trained_.spec, config_, /*steps=*/0),
                                               trained_.tokenizer, stop_);
    start_result_ = validation_->remember_start(trained_.model);
  }

  void resume() {
    const auto checkpoint = newest_checkpoint(folder_.checkpoints());
    if (checkpoint) {
      state_ = load_checkpoint(*checkpoint, preprocess_named(config_.preprocess), trained_.model, *optimizer_);
    }
    require_same_step(state_.step, collective_);
    if (checkpoint && is_rank0_) log_info(concat("going on after step ", state_.step, ", from ", *checkpoint));
  }

  // On a stop the checkpoint of the last whole step is left: parameters change at the end of a step alone, so it does
  // not matter where in a step the stop is noticed, here or by another rank that is gone.
  void take_step_or_stop(int64_t epoch, double factor) {
    try {
      throw_if_stopped(stop_);
      take_step(epoch, factor);
    } catch (const Error&) {
      if (!stop_.stop_requested() || !optimizer_->is_finite()) throw;
      checkpoint();
      fail(ErrorKind::kInterrupted, "interrupted after step ", state_.step, "; the same command goes on from there");
    }
  }

  void look_after_step(bool epoch_ends, bool run_ends) {
    const bool validates = is_due(config_.validation.every_steps, epoch_ends),
               saves = is_due(config_.checkpoint.every_steps, epoch_ends) || run_ends;
    if ((validates || saves) && !optimizer_->is_finite()) fail_as_lost("a weight is no finite number");
    if (validates && validation_) record(validation_->run(trained_.model));
    if (saves) checkpoint();
    if (is_rank0_ && (validates || epoch_ends || run_ends)) write_training_curves(folder_.log(), config_.output);
  }

  // One update of the parameters.
  void take_step(int64_t epoch, double factor) {
    std::size_t corpus = 0;
    for (int64_t part = 0; part < config_.accumulate; ++part) {
      const StepBatch next = data_->next(state_.step);
      corpus = next.corpus;
      if (part + 1 == config_.accumulate) reducer_->arm();
      const Losses losses = gradients_->add(on_device(next.batch, device_), objective_, collective_,
                                            1 / static_cast<double>(config_.accumulate));
      fail_if_lost(corpus, losses.total.item<double>());
      meters_[corpus].add(losses);
      if (tells_steps()) step_meter_.add(losses);
    }
    reducer_->finish();
    optimizer_->step(factor, *replicas_);
    meters_[corpus].add_clips(data_->clips_per_step(state_.step));
    state_.clips += data_->clips_per_step(state_.step);
    ++state_.step;
    const auto turns = static_cast<int64_t>(config_.corpora.size());
    if (is_rank0_ && (state_.step + turns - 1) / turns % config_.log_every_steps == 0) {
      log_->write(record_of(meters_[corpus], corpus, epoch, factor));
    }
    if (!tells_steps()) return;
    step_meter_.add_clips(data_->clips_per_step(state_.step - 1));
    context_.on_step(record_of(step_meter_, corpus, epoch, factor), steps_);
  }

  bool tells_steps() const { return is_rank0_ && context_.on_step; }

  void fail_if_lost(std::size_t corpus, double loss) {
    const auto wrong = watches_[corpus].observe(loss);
    if (wrong) fail_as_lost(concat(*wrong, " (", config_.corpora[corpus].name, ")"));
  }

  [[noreturn]] void fail_as_lost(const std::string& wrong) const {
    fail(ErrorKind::kFailed, "training is lost at step ", state_.step, ": ", wrong, "; the last good checkpoint is ",
         newest_checkpoint(folder_.checkpoints()).value_or("none"),
         "; start again from its model.safetensors with lower learning rates");
  }

  StepRecord record_of(StepMeter& meter, std::size_t corpus, int64_t epoch, double factor) const {
    StepRecord record = meter.take(data_->counts());
    record.step = state_.step;
    record.epoch = epoch;
    record.corpus = config_.corpora[corpus].name;
    record.rate_new = config_.optimizer.rate_new * factor;
    record.rate_clip = config_.optimizer.rate_clip * factor;
    return record;
  }

  void record(const ValidationResult& result) {
    log_->write(state_.step, result);
    const bool inherits = !config_.start.empty();  // random weights hold nothing that could be lost
    log_info(concat("step ", state_.step, ": of ", validation_->size(), " clips R@1 ", result.text_to_video_r1,
                    " %, median rank ", result.median_rank, ", matched similarity ", result.matched_similarity,
                    inherits ? concat(", text drift ", result.text_drift) : ""));
    if (!inherits) return;
    for (const std::string& warning : guard_warnings(result)) log_warning(concat("step ", state_.step, ": ", warning));
  }

  void checkpoint() {
    if (!is_rank0_) return;
    save_checkpoint(folder_.checkpoints(), trained_.model, trained_spec(trained_.spec, config_, state_.step),
                    *optimizer_, train_config_to_json(config_), state_, config_.checkpoint.keep);
  }

  std::string save_released() {
    DualEncoder released = trained_.model;
    released.sort_head = nullptr;
    save_model(folder_.model(), released, trained_spec(trained_.spec, config_, state_.step));
    return folder_.model();
  }

  const TrainConfig config_;
  Collective& collective_;
  const std::stop_token stop_;
  const bool is_rank0_;
  const at::Device device_;
  const ObjectiveOptions objective_;
  const ScheduleOptions schedule_;
  const RunFolder folder_{config_.output};
  const RunContext& context_;
  InitialModel trained_;
  RunState state_;
  std::unique_ptr<Optimizer> optimizer_;
  std::unique_ptr<Replicas> replicas_;
  std::unique_ptr<BatchGradients> gradients_;
  std::unique_ptr<Validation> validation_;  // of rank 0
  ValidationResult start_result_;
  std::unique_ptr<TrainingData> data_;
  std::unique_ptr<GradientReducer> reducer_;
  std::unique_ptr<TrainingLog> log_;
  int64_t steps_ = 0;                               // of the whole run
  StepMeter step_meter_;                            // of a single step, for on_step
  std::map<std::size_t, StepMeter> meters_;         // by corpus
  std::map<std::size_t, DivergenceWatch> watches_;  // by corpus
};

}  // namespace

std::string train(const TrainConfig& stated, const RunContext& context, Collective& collective, std::stop_token stop) {
  require_same_run(stated, context.code_version, collective);
  require_batches_divide(stated, collective.world_size());
  const TrainConfig config = with_precision(stated, collective);
  std::optional<FolderLock> lock;  // of rank 0, to the end of the run
  on_rank0([&] { lock.emplace(RunFolder(config.output).claim(config, context.code_version)); }, collective);
  const std::string warning = world_size_warning(config, collective.world_size());
  if (collective.rank() == 0 && !warning.empty()) log_warning(warning);
  return Trainer(config, context, collective, std::move(stop)).run();
}

}  // namespace tvts
