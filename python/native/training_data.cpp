// What a run of pre-training starts from and is fed with, for training loops in Python: tvts.data, tvts.nn.
#include "tvts/train/loop/training_data.h"

#include <pybind11/stl.h>

#include "python/native/long_call.h"
#include "python/native/modules.h"
#include "python/native/parts.h"
#include "tvts/api/data_files.h"
#include "tvts/train/loop/initial_model.h"

namespace tvts::python {

namespace py = pybind11;

namespace {

// The model as a run of this config begins with it.
std::shared_ptr<Modules> start(const TrainConfig& config) {
  return long_call([&](std::stop_token) {
    InitialModel started = initial_model(config, vocabulary_path());
    auto modules = std::make_shared<Modules>(
        Modules{std::move(started.spec), std::move(started.model), std::move(started.tokenizer)});
    take_gradients(modules->model);
    return modules;
  });
}

// The batches of a run, from one step on. One thread at a time.
class Batches {
 public:
  Batches(TrainConfig config, std::int64_t rank, std::int64_t world_size, std::int64_t first_step)
      : config_(std::move(config)),
        started_(StartedSizes::of(config_)),
        data_(config_, started_.sizes, started_.tokenizer, rank, world_size, first_step, stop_.get_token()),
        step_(first_step) {}

  std::int64_t steps_per_epoch() const { return data_.steps_per_epoch(); }
  std::int64_t context_length() const { return started_.sizes.text.context_length; }

  // (corpus's name, epoch, video, ids up to the end of the longest text, keep or None, segments)
  py::tuple next() {
    StepBatch found = long_call([&](const std::stop_token& stop) {
      const std::stop_callback pass_on(stop, [this] { stop_.request_stop(); });
      return data_.next(step_);
    });
    ++step_;
    ObjectiveBatch& batch = found.batch;
    return py::make_tuple(config_.corpora[found.corpus].name, found.epoch, batch.video, batch.ids,
                          batch.keep.defined() ? std::optional(batch.keep) : std::nullopt, batch.segments);
  }

 private:
  struct StartedSizes {
    ModelConfig sizes;
    Tokenizer tokenizer;

    static StartedSizes of(const TrainConfig& config) {
      InitialModel started = initial_model(config, vocabulary_path());
      return {std::move(started.model.config), std::move(started.tokenizer)};
    }
  };

  std::stop_source stop_;
  const TrainConfig config_;
  const StartedSizes started_;
  TrainingData data_;
  std::int64_t step_;
};

std::unique_ptr<Batches> batches(const TrainConfig& config, std::int64_t rank, std::int64_t world_size,
                                 std::int64_t first_step) {
  for (const CorpusConfig& corpus : config.corpora) require_divides(corpus, world_size);
  return long_call([&](std::stop_token) { return std::make_unique<Batches>(config, rank, world_size, first_step); });
}

}  // namespace

void add_training_data(py::module_& module) {
  module.def("initial_model", &start, py::arg("config"));
  py::class_<Batches>(module, "Batches")
      .def(py::init(&batches), py::arg("config"), py::arg("rank"), py::arg("world_size"), py::arg("first_step"))
      .def_property_readonly("steps_per_epoch", &Batches::steps_per_epoch)
      .def_property_readonly("context_length", &Batches::context_length)
      .def("next", &Batches::next);
}

}  // namespace tvts::python
