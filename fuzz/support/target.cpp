#include "fuzz/support/target.h"

#include <cstring>
#include <new>

#include "fuzz/support/budget.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"

namespace {

constexpr std::size_t kAlignment = 64;

// A copy of exactly the input's size, so that AddressSanitizer sees a read of one byte too many.
class AlignedCopy {
 public:
  AlignedCopy(const std::uint8_t* data, std::size_t size)
      : size_(size), bytes_(static_cast<std::byte*>(::operator new (size, std::align_val_t{kAlignment}))) {
    if (size > 0) std::memcpy(bytes_, data, size);
  }
  ~AlignedCopy() { ::operator delete (bytes_, std::align_val_t{kAlignment}); }
  AlignedCopy(const AlignedCopy&) = delete;
  AlignedCopy& operator=(const AlignedCopy&) = delete;

  tvts::Bytes bytes() const { return {bytes_, size_}; }

 private:
  std::size_t size_;
  std::byte* bytes_;
};

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  tvts::set_log_level(tvts::LogLevel::kQuiet);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const AlignedCopy input(data, size);
  const tvts::fuzz::Budget budget(size);
  try {
    tvts::fuzz::one_input(input.bytes());
  } catch (const tvts::Error& error) {
    TVTS_ASSERT(*error.what() != '\0');
  }
  return 0;
}
