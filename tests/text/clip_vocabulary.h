// CLIP's vocabulary, where the set-up put it: in CI it has to be there.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "tvts/text/vocabulary.h"

namespace tvts::test {

inline const Vocabulary& clip_vocabulary() {
  static const Vocabulary vocabulary = Vocabulary::from_file(TVTS_VOCABULARY);
  return vocabulary;
}

}  // namespace tvts::test

#define TVTS_SKIP_WITHOUT_VOCABULARY                                                          \
  if (!std::filesystem::is_regular_file(TVTS_VOCABULARY)) {                                   \
    if (std::getenv("CI") != nullptr) FAIL() << TVTS_VOCABULARY << " is absent";              \
    GTEST_SKIP() << TVTS_VOCABULARY << " is absent: run tools/setup, or set TVTS_VOCABULARY"; \
  }                                                                                           \
  static_assert(true)
