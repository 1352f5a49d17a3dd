#include "python/native/long_call.h"

#include <ATen/Parallel.h>
#include <pthread.h>

#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#include "tvts/core/error.h"

namespace tvts::python {

namespace py = pybind11;

namespace {

std::atomic<int> calls_inside{0};
std::atomic<bool> forked_inside{false};

// In the child: the calls of the parent's other threads are not going on here.
void note_fork() {
  if (calls_inside.exchange(0) > 0) forked_inside = true;
}

}  // namespace

InsideLibrary::InsideLibrary() {
  static const int registered = pthread_atfork(nullptr, nullptr, note_fork);
  static_cast<void>(registered);
  if (forked_inside) {
    fail(ErrorKind::kFailed,
         "this process was forked while a thread of its parent was inside tvts; start it when no call is running, or "
         "with the start method \"spawn\"");
  }
  ++calls_inside;
}

InsideLibrary::~InsideLibrary() { --calls_inside; }

namespace {

bool is_main_thread() {
  const py::module_ threading = py::module_::import("threading");
  return threading.attr("current_thread")().is(threading.attr("main_thread")());
}

// A thread that runs one call, and what came of it.
class OneCall {
 public:
  explicit OneCall(const std::function<void(std::stop_token)>& call) : thread_([this, &call] { run(call); }) {}
  ~OneCall() { join(); }
  OneCall(const OneCall&) = delete;
  OneCall& operator=(const OneCall&) = delete;

  bool ends_within(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    return ended_.wait_for(lock, time, [this] { return has_ended_; });
  }
  void request_stop() { stop_.request_stop(); }
  void join() {
    if (thread_.joinable()) thread_.join();
  }
  // After join().
  const std::exception_ptr& failure() const { return failure_; }

 private:
  void run(const std::function<void(std::stop_token)>& call) {
    try {
      at::init_num_threads();  // as many as the calling thread has
      call(stop_.get_token());
    } catch (...) {
      failure_ = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    has_ended_ = true;
    ended_.notify_one();
  }

  std::stop_source stop_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool has_ended_ = false;
  std::exception_ptr failure_;
  std::thread thread_;  // the last: it uses the others
};

// What Python's signal handlers raise.
std::optional<py::error_already_set> raised_by_a_signal() {
  const py::gil_scoped_acquire gil;
  if (PyErr_CheckSignals() == 0) return std::nullopt;
  return std::optional<py::error_already_set>(std::in_place);
}

bool is_interruption(const std::exception_ptr& failure) {
  if (!failure) return false;
  try {
    std::rethrow_exception(failure);
  } catch (const Error& error) {
    return error.kind() == ErrorKind::kInterrupted;
  } catch (...) {
    return false;
  }
}

// Waits for the end of the call. After Ctrl-C the library's own error is thrown, where there is one.
void watch(OneCall& call) {
  std::optional<py::error_already_set> raised;
  while (!call.ends_within(std::chrono::milliseconds(50))) {
    if (raised) continue;
    raised = raised_by_a_signal();
    if (raised) call.request_stop();
  }
  call.join();
  if (raised) {
    bool by_ctrl_c = false;
    {
      const py::gil_scoped_acquire gil;
      by_ctrl_c = raised->matches(PyExc_KeyboardInterrupt);
    }
    if (!by_ctrl_c || !is_interruption(call.failure())) throw py::error_already_set(*raised);
  }
  if (call.failure()) std::rethrow_exception(call.failure());
}

}  // namespace

void run_long(const std::function<void(std::stop_token)>& call) {
  const InsideLibrary inside;
  const bool handles_signals = is_main_thread();
  const py::gil_scoped_release without_gil;
  if (!handles_signals) return call(std::stop_token());
  OneCall one(call);
  watch(one);
}

api::Run run_of(std::stop_token stop, py::handle on_progress, std::size_t threads) {
  api::Run run = {.stop = std::move(stop), .threads = threads};
  if (on_progress.is_none()) return run;
  run.on_progress = [on_progress](std::size_t done, std::size_t failed, std::optional<std::size_t> total) {
    const py::gil_scoped_acquire gil;
    on_progress(done, failed, total);
  };
  return run;
}

}  // namespace tvts::python
