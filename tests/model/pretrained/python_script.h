// Runs one of the tests' Python programs, which write files as other people's software does.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "tests/support/numpy.h"

namespace tvts::test {

inline constexpr int kModulesAreMissing = 77;  // a script's exit code

// script: from the root of the sources. Arguments have no single quotes.
inline int run_script(const std::string& script, const std::vector<std::string>& arguments) {
  std::string command = python() + " '" TVTS_SOURCE_DIR "/" + script + "'";
  for (const std::string& argument : arguments) command += " '" + argument + "'";
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace tvts::test

// Without the modules the test is skipped; in CI, where the set-up has brought them, it fails.
#define TVTS_RUN_SCRIPT(script, ...)                                                                 \
  if (const int code = tvts::test::run_script(script, __VA_ARGS__);                                  \
      code == tvts::test::kModulesAreMissing && std::getenv("CI") == nullptr) {                      \
    GTEST_SKIP() << tvts::test::python() << " lacks what " << (script) << " needs: run tools/setup"; \
  } else {                                                                                           \
    ASSERT_EQ(code, 0) << (script);                                                                  \
  }                                                                                                  \
  static_assert(true)
