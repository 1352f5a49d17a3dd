// Lists of classes with numbers beside the names.
#include "tvts/media/inputs/numbered_names.h"

#include <gtest/gtest.h>

namespace tvts {
namespace {

using Names = std::vector<std::string>;

TEST(NumberedNames, TheNumberMayStandBeforeTheNameOrBehindIt) {
  for (const Names& lines : std::vector<Names>{{"1 run", "2 air drumming"},
                                               {"0\trun", "1\tair drumming"},
                                               {"id,name", "0,run", "1,air drumming"},
                                               {"run\t0", "air drumming\t1"},
                                               {"name,id", "run, 1", "air drumming, 2"},
                                               {"1,air drumming", "0,run"}}) {
    EXPECT_EQ(numbered_names(lines), (Names{"run", "air drumming"})) << lines[0];
  }
}

TEST(NumberedNames, NumbersThatDoNotCountTheLinesBelongToTheNames) {
  for (const Names& lines : std::vector<Names>{{},
                                               {"run", "walk"},
                                               {"1 apple", "3 apples"},
                                               {"2 apples", "2 pears"},
                                               {"7 dwarfs"},
                                               {"level 1", "level 2"},
                                               {"1", "2"},
                                               {"a, b", "run"},
                                               {"99999999999999999999999 x", "1 y"}}) {
    EXPECT_EQ(numbered_names(lines), std::nullopt);
  }
}

}  // namespace
}  // namespace tvts
