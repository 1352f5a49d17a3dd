// Calls that take long: without the interpreter's lock, ended by Ctrl-C, and refused where a fork has left threads and
// locks of the library behind.
#pragma once

#include <torch/extension.h>

#include <functional>
#include <optional>
#include <stop_token>

#include "tvts/api/tvts.h"

namespace tvts::python {

// Counts the calls that are inside the library, for the process that a fork makes of this one meanwhile. Throws
// Error(kFailed) in such a process: what other threads were doing at the fork stays half done there.
class InsideLibrary {
 public:
  InsideLibrary();
  ~InsideLibrary();
  InsideLibrary(const InsideLibrary&) = delete;
  InsideLibrary& operator=(const InsideLibrary&) = delete;
};

// Runs `call` without the interpreter's lock. On Python's main thread, where signals are handled, it runs in a thread
// beside, and this one calls Python's signal handlers: what they raise (KeyboardInterrupt) requests a stop and is
// thrown once `call` has ended.
void run_long(const std::function<void(std::stop_token)>& call);

template <class Call>
auto long_call(Call&& call) {
  std::optional<decltype(call(std::stop_token()))> result;
  run_long([&](std::stop_token stop) { result.emplace(call(std::move(stop))); });
  return std::move(*result);
}

// The same for what takes milliseconds and cannot be stopped.
template <class Call>
auto short_call(Call&& call) {
  const InsideLibrary inside;
  const pybind11::gil_scoped_release without_gil;
  return call();
}

// on_progress: None, or called with (done, failed, total), total None where it is not known; it outlives the result.
api::Run run_of(std::stop_token stop, pybind11::handle on_progress, std::size_t threads);

}  // namespace tvts::python
