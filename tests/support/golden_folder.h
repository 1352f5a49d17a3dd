// Paths of the numbers of the published implementation. tests/golden holds those that are part of the project, the
// whole set is kept apart; a name means the same bytes in both (tests/golden/README.md).
#pragma once

#include <fstream>
#include <string>

#include "tests/support/shared_folder.h"

namespace tvts::test {

inline std::string whole_golden_dir() { return folder_or("TVTS_GOLDEN_DIR", TVTS_SOURCE_DIR "/../shared/golden"); }

// The path of "tokenizer.jsonl", in the tree or in the whole set. TVTS_NEEDS_GOLDEN checks that there is such a file.
inline std::string golden_file(const std::string& name) {
  const std::string in_tree = TVTS_SOURCE_DIR "/tests/golden/" + name;
  return std::filesystem::exists(in_tree) ? in_tree : whole_golden_dir() + "/" + name;
}

inline bool belongs_to_the_tree(const std::string& golden) {
  std::ifstream sums(TVTS_SOURCE_DIR "/tests/golden/SHA256SUMS");
  if (!sums) return true;  // no test may pass for want of the list
  for (std::string line; std::getline(sums, line);) {
    if (line.ends_with("  " + golden)) return true;
  }
  return false;
}

}  // namespace tvts::test

// Ends a test whose file is absent: as failed where the file is part of the project, else as skipped.
#define TVTS_NEEDS_GOLDEN(name)                                                                         \
  if (!std::filesystem::exists(tvts::test::golden_file(name))) {                                        \
    if (tvts::test::belongs_to_the_tree(name)) FAIL() << "tests/golden/" << (name) << " is missing";    \
    GTEST_SKIP() << tvts::test::golden_file(name) << " is absent: this test needs the whole set of the" \
                 << " reference numbers, which is kept apart (tests/golden/README.md)";                 \
  }                                                                                                     \
  static_assert(true)
