// Memory and time of one input, bounded by its size: passing the bound ends the program as a sanitizer's report does.
#pragma once

#include <cstddef>

namespace tvts::fuzz {

// Holds from its making to its end, in this thread and all others. One at a time.
class Budget {
 public:
  explicit Budget(std::size_t input_bytes);
  // Aborts when the processor time was passed. (What never ends is found by libFuzzer's -timeout.)
  ~Budget();
  Budget(const Budget&) = delete;
  Budget& operator=(const Budget&) = delete;

 private:
  double begin_seconds_, allowed_seconds_;
};

}  // namespace tvts::fuzz
