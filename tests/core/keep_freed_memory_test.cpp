#include "tvts/core/keep_freed_memory.h"

#include <gtest/gtest.h>

#ifdef __GLIBC__
#include <malloc.h>

#include <cstdlib>
#include <vector>

namespace tvts {
namespace {

// A sanitizer brings an allocator of its own, to which this does not apply.
#define TVTS_SKIP_WITHOUT_GLIBC_MALLOC() \
  if (mallinfo2().arena == 0) GTEST_SKIP() << "another allocator than glibc's"

TEST(KeepFreedMemory, LargeBlocksAreNoLongerMappedOneByOne) {
  TVTS_SKIP_WITHOUT_GLIBC_MALLOC();
  keep_freed_memory();
  const std::size_t mapped_before = mallinfo2().hblks;
  const std::vector<char> block(std::size_t{64} << 20);
  EXPECT_EQ(mallinfo2().hblks, mapped_before);
  EXPECT_EQ(block.front(), 0);
}

TEST(KeepFreedMemory, FreedBlocksStayWithTheProcess) {
  TVTS_SKIP_WITHOUT_GLIBC_MALLOC();
  keep_freed_memory();
  { const std::vector<char> block(std::size_t{64} << 20, 'x'); }
  EXPECT_GE(mallinfo2().fordblks, std::size_t{64} << 20);
}

}  // namespace
}  // namespace tvts
#endif
