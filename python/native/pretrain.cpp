// The trainer over a process group that Python has started.
#include <chrono>
#include <csignal>
#include <stop_token>
#include <thread>

#include "python/native/parts.h"
#include "tvts/core/keep_freed_memory.h"
#include "tvts/core/version.h"
#include "tvts/train/loop/c10d_collective.h"
#include "tvts/train/loop/trainer.h"

namespace tvts::python {
namespace {

// Requests a stop on SIGINT and SIGTERM while native code runs, and puts Python's handlers back after it. The handler
// only leaves a mark, which a thread looks for: to request a stop may take locks, and a handler must not.
class StopSignals {
 public:
  StopSignals() {
    was_signalled = 0;
    previous_interrupt_ = std::signal(SIGINT, leave_mark);
    previous_terminate_ = std::signal(SIGTERM, leave_mark);
  }
  ~StopSignals() {
    std::signal(SIGINT, previous_interrupt_);
    std::signal(SIGTERM, previous_terminate_);
  }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  std::stop_token token() const { return stop_.get_token(); }

 private:
  static void leave_mark(int) { was_signalled = 1; }

  void watch(const std::stop_token& end) {
    while (!end.stop_requested() && was_signalled == 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (was_signalled != 0) stop_.request_stop();
  }

  static inline volatile std::sig_atomic_t was_signalled = 0;
  void (*previous_interrupt_)(int);
  void (*previous_terminate_)(int);
  std::stop_source stop_;
  std::jthread watcher_{[this](const std::stop_token& end) { watch(end); }};
};

std::string pretrain(const TrainConfig& config, const std::string& group, const std::string& vocabulary) {
  const pybind11::gil_scoped_release without_gil;
  const StopSignals signals;
  keep_freed_memory();
  std::unique_ptr<Collective> collective = group.empty() ? std::make_unique<Collective>() : c10d_collective(group);
  ProgressOnStderr progress;
  const RunContext context = {
      .vocabulary_path = vocabulary, .code_version = std::string(version()) + " " + revision(), .progress = &progress};
  return train(config, context, *collective, signals.token());
}

}  // namespace

void add_pretrain(pybind11::module_& module) {
  pybind11::class_<TrainConfig>(module, "TrainConfig", "A validated pre-training config.")
      .def_readwrite("output", &TrainConfig::output)
      .def_readwrite("device", &TrainConfig::device);
  module.def("read_config", &read_train_config, pybind11::arg("path"), "The run that a JSON file states.");
  module.def("pretrain", &pretrain, pybind11::arg("config"), pybind11::arg("group"), pybind11::arg("vocabulary"),
             "Runs a pre-training config on this rank of the process group of that name ('' for one process). Returns "
             "the path of the model.");
}

}  // namespace tvts::python
