#include "tvts/core/in_parts.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace tvts {
namespace {

TEST(InParts, EveryPlaceIsVisitedOnceWhateverTheThreads) {
  for (const std::size_t size : {0, 1, 2, 7, 100}) {
    for (const std::size_t threads : {0, 1, 2, 3, 200}) {
      std::vector<int> visits(size);
      in_parts(size, threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) ++visits[i];
      });
      EXPECT_EQ(visits, std::vector<int>(size, 1)) << size << " in " << threads;
    }
  }
}

TEST(InParts, ThrowWhatTheFirstFailingPartThrows) {
  std::string found;
  try {
    in_parts(4, 4, [](std::size_t begin, std::size_t) {
      if (begin > 0) throw std::runtime_error(std::to_string(begin));
    });
  } catch (const std::runtime_error& error) {
    found = error.what();
  }
  EXPECT_EQ(found, "1");
}

}  // namespace
}  // namespace tvts
