// What the library has to say, for a function of Python's.
#include "tvts/core/log.h"
#include "python/native/parts.h"
#include "python/native/values.h"

namespace tvts::python {

namespace py = pybind11;

namespace {

// The number that Python's logging gives a level.
int number_of(api::LogLevel level) {
  switch (level) {
    case api::LogLevel::kInfo: return 20;
    case api::LogLevel::kWarning: return 30;
    default: return 40;
  }
}

// A sentence must not end the call that says it: what `say` raises is printed, as by a destructor of Python's.
void call(const py::handle& say, api::LogLevel level, const std::string& sentence) {
  const py::gil_scoped_acquire gil;
  try {
    say(number_of(level), text(sentence));
  } catch (py::error_already_set& error) {
    error.discard_as_unraisable("tvts, in a log handler");
  }
}

// say(level, sentence), from any thread; None: nothing is said.
void set_log(const py::object& say) {
  if (say.is_none()) {
    const py::gil_scoped_release without_gil;  // a thread that logs may wait for it
    return api::set_log({});
  }
  const py::handle kept = py::object(say).release();  // the sink may be called until the process ends
  const py::gil_scoped_release without_gil;
  api::set_log([kept](api::LogLevel level, const std::string& sentence) { call(kept, level, sentence); });
}

}  // namespace

void add_log(py::module_& module) {
  module.def("set_log", &set_log, py::arg("say"));
  module.def("log_to_stderr", &tvts::log_to_stderr, py::call_guard<py::gil_scoped_release>());
}

}  // namespace tvts::python
