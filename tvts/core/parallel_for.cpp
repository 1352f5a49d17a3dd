#include "tvts/core/parallel_for.h"

#include <algorithm>
#include <exception>
#include <thread>
#include <vector>

namespace tvts {

void parallel_for(std::size_t size, std::size_t threads, const std::function<void(std::size_t, std::size_t)>& work) {
  const std::size_t parts = std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(size, 1));
  std::vector<std::exception_ptr> errors(parts);
  const auto run = [&](std::size_t part) {
    try {
      work(size * part / parts, size * (part + 1) / parts);
    } catch (...) {
      errors[part] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t part = 1; part < parts; ++part) others.emplace_back(run, part);
    run(0);
  }
  for (const std::exception_ptr& error : errors) {
    if (error) std::rethrow_exception(error);
  }
}

}  // namespace tvts
