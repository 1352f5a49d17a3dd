// Path of the test videos. They are not part of the project: a test that needs them skips with a message where they are
// absent.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace tvts::test {

inline std::string folder_or(const char* variable, const char* fallback) {
  const char* value = std::getenv(variable);
  return value != nullptr ? value : fallback;
}

inline std::string clips_dir() { return folder_or("TVTS_CLIPS_DIR", TVTS_SOURCE_DIR "/../shared/clips"); }

}  // namespace tvts::test

#define TVTS_SKIP_WITHOUT(folder)                                                \
  if (!std::filesystem::is_directory(folder)) {                                  \
    GTEST_SKIP() << (folder) << " is absent: this test needs videos kept apart"; \
  }                                                                              \
  static_assert(true)
