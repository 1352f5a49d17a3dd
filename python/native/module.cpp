// The native part of the Python package: the trainer over a process group that Python has started.
#include <torch/extension.h>

#include <csignal>

#include "tvts/core/error.h"
#include "tvts/core/keep_freed_memory.h"
#include "tvts/core/version.h"
#include "tvts/train/c10d_collective.h"
#include "tvts/train/trainer.h"

namespace {

// Requests a stop on SIGINT and SIGTERM while native code runs, and puts Python's handlers back after it.
class StopSignals {
 public:
  StopSignals() {
    source = std::stop_source();
    previous_interrupt_ = std::signal(SIGINT, request);
    previous_terminate_ = std::signal(SIGTERM, request);
  }
  ~StopSignals() {
    std::signal(SIGINT, previous_interrupt_);
    std::signal(SIGTERM, previous_terminate_);
  }
  std::stop_token token() const { return source.get_token(); }

 private:
  static void request(int) { source.request_stop(); }
  static inline std::stop_source source;
  void (*previous_interrupt_)(int);
  void (*previous_terminate_)(int);
};

std::string pretrain(const std::string& config_json, const std::string& where, const std::string& group,
                     const std::string& vocabulary) {
  const pybind11::gil_scoped_release without_gil;
  const StopSignals signals;
  tvts::keep_freed_memory();
  const tvts::TrainConfig config = tvts::train_config_from_json(config_json, where);
  std::unique_ptr<tvts::Collective> collective =
      group.empty() ? std::make_unique<tvts::Collective>() : tvts::c10d_collective(group);
  return tvts::train(config, {.vocabulary_path = vocabulary, .code_version = std::string(tvts::version()) + " " + tvts::revision()}, *collective,
                     signals.token());
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
