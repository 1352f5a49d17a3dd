#include "tvts/core/parallel_for.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace tvts {
namespace {

TEST(ParallelFor, VisitsEveryIndexOnceForAnyNumberOfThreads) {
  for (const std::size_t size : {0, 1, 2, 7, 100}) {
    for (const std::size_t threads : {0, 1, 2, 3, 200}) {
      std::vector<int> visits(size);
      parallel_for(size, threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) ++visits[i];
      });
      EXPECT_EQ(visits, std::vector<int>(size, 1)) << size << " in " << threads;
    }
  }
}

TEST(ParallelFor, RethrowsTheExceptionOfTheLowestChunk) {
  std::string found;
  try {
    parallel_for(4, 4, [](std::size_t begin, std::size_t) {
      if (begin > 0) throw std::runtime_error(std::to_string(begin));
    });
  } catch (const std::runtime_error& error) {
    found = error.what();
  }
  EXPECT_EQ(found, "1");
}

}  // namespace
}  // namespace tvts
