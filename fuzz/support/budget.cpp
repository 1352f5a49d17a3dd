#include "fuzz/support/budget.h"

#include <sanitizer/allocator_interface.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace tvts::fuzz {
namespace {

// Every parser's work is linear in its input. A pickle's value of one byte takes 200; sanitizers and a busy machine
// make all slower by a factor that the constant part allows for.
constexpr std::size_t kBytes = std::size_t{64} << 20, kBytesPerByte = 1000;
constexpr double kSeconds = 2, kSecondsPerByte = 20e-6;

std::atomic<bool> is_counting = false;
std::atomic<std::size_t> live = 0, allowed = 0;

[[noreturn]] void exceeded(const char* what, double used, double allowed_amount) {
  is_counting = false;
  std::fprintf(stderr, "fuzz: this input took %.6g %s, its size allows %.6g\n", used, what, allowed_amount);
  std::abort();
}

void on_malloc(const volatile void* /*address*/, std::size_t size) {
  if (!is_counting) return;
  const std::size_t now = live += size;
  if (now > allowed) exceeded("bytes of memory", static_cast<double>(now), static_cast<double>(allowed));
}

// What was allocated before the budget began may be freed under it: the count stays at zero then.
void on_free(const volatile void* address) {
  if (!is_counting || address == nullptr) return;
  const std::size_t size = __sanitizer_get_allocated_size(address);
  std::size_t now = live;
  while (!live.compare_exchange_weak(now, now > size ? now - size : 0)) {
  }
}

double processor_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

}  // namespace

Budget::Budget(std::size_t input_bytes)
    : begin_seconds_(processor_seconds()),
      allowed_seconds_(kSeconds + kSecondsPerByte * static_cast<double>(input_bytes)) {
  static const int installed = __sanitizer_install_malloc_and_free_hooks(on_malloc, on_free);
  if (installed == 0) std::abort();
  live = 0;
  allowed = kBytes + kBytesPerByte * input_bytes;
  is_counting = true;
}

Budget::~Budget() {
  is_counting = false;
  const double used = processor_seconds() - begin_seconds_;
  if (used > allowed_seconds_) exceeded("seconds", used, allowed_seconds_);
}

}  // namespace tvts::fuzz
