// The native part of the Python package: the trainer over a process group that Python has started.
#include <torch/extension.h>

#include <chrono>
#include <csignal>
#include <stop_token>
#include <thread>

#include "tvts/core/error.h"
#include "tvts/core/keep_freed_memory.h"
#include "tvts/core/version.h"
#include "tvts/train/c10d_collective.h"
#include "tvts/train/trainer.h"

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

std::string pretrain(const std::string& config_json, const std::string& where, const std::string& group,
                     const std::string& vocabulary) {
  const pybind11::gil_scoped_release without_gil;
  const StopSignals signals;
  tvts::keep_freed_memory();
  const tvts::TrainConfig config = tvts::train_config_from_json(config_json, where);
  std::unique_ptr<tvts::Collective> collective =
      group.empty() ? std::make_unique<tvts::Collective>() : tvts::c10d_collective(group);
  return tvts::train(
      config, {.vocabulary_path = vocabulary, .code_version = std::string(tvts::version()) + " " + tvts::revision()},
      *collective, signals.token());
}

void translate(std::exception_ptr thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const tvts::Error& error) {
    switch (error.kind()) {
      case tvts::ErrorKind::kInput:
      case tvts::ErrorKind::kUsage: PyErr_SetString(PyExc_ValueError, error.what()); break;
      case tvts::ErrorKind::kInterrupted: PyErr_SetString(PyExc_KeyboardInterrupt, error.what()); break;
      default: PyErr_SetString(PyExc_RuntimeError, error.what());
    }
  }
}

}  // namespace

PYBIND11_MODULE(_native, module) {
  module.doc() = "The native trainer of tvts.";
  pybind11::register_exception_translator(translate);
  module.def("version", [] { return std::string(tvts::version()); });
  module.def("pretrain", &pretrain, pybind11::arg("config_json"), pybind11::arg("where"), pybind11::arg("group"),
             pybind11::arg("vocabulary"),
             "Runs a pre-training config on this rank of the process group of that name ('' for one process). Returns "
             "the path of the model.");
}
