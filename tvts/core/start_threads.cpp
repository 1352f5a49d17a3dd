#include "tvts/core/start_threads.h"

#include <system_error>

#include "tvts/core/error.h"

namespace tvts {

void start_threads(std::vector<std::jthread>& threads, const ThreadOptions& options, const std::function<void()>& run) {
  try {
    threads.reserve(threads.size() + options.count);
    for (std::size_t i = 0; i < options.count; ++i) {
      threads.push_back(options.start ? options.start(run) : std::jthread(run));
    }
  } catch (const std::system_error& error) {
    fail(ErrorKind::kFailed, "cannot start ", options.count, " threads ", options.purpose, ": ", error.what(), "; ",
         options.remedy);
  }
}

}  // namespace tvts
