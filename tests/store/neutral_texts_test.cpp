#include <set>

#include "tests/store/store_support.h"
#include "tvts/store/significance.h"

namespace tvts::test {
namespace {

TEST(NeutralTexts, Are256DifferentShortLines) {
  std::istringstream bank(read_file(TVTS_SOURCE_DIR "/share/neutral_texts.txt"));
  std::set<std::string> different;
  std::size_t lines = 0;
  for (std::string line; std::getline(bank, line); ++lines) {
    EXPECT_GE(line.size(), 8U) << line;
    EXPECT_LE(line.size(), 60U) << line;
    different.insert(line);
  }
  EXPECT_EQ(lines, static_cast<std::size_t>(kNeutralTexts));
  EXPECT_EQ(different.size(), lines);
}

}  // namespace
}  // namespace tvts::test
