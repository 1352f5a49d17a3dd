#include "tvts/train/corpora/tar_index.h"

#include <gtest/gtest.h>

#include "tests/media/inputs/tar_maker.h"
#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

using test::make_tar;
using test::TarForm;

std::vector<TarMember> index_of(const std::string& tar) {
  const test::TemporaryFolder folder;
  return index_tar(InputFile(folder.add("s.tar", tar)));
}

TEST(TarIndex, FindsEveryMemberInEveryForm) {
  const test::Members members = {{"a.txt", "hello"},
                                 {"empty", ""},
                                 {std::string(80, 'd') + "/" + std::string(90, 'n') + ".mp4", std::string(1500, 'x')},
                                 {std::string(300, 'l') + ".mp4", "long name"},
                                 {"last.bin", std::string(512, 'y')}};
  for (const TarForm form : {TarForm::kPax, TarForm::kGnu}) {
    const std::string tar = make_tar(members, form);
    const auto found = index_of(tar);
    ASSERT_EQ(found.size(), members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
      EXPECT_EQ(found[i].name, members[i].first);
      EXPECT_EQ(tar.substr(static_cast<std::size_t>(found[i].offset), static_cast<std::size_t>(found[i].size)),
                members[i].second);
    }
  }
}

TEST(TarIndex, ReadsUstarPrefixes) {
  const std::string name = std::string(80, 'd') + "/" + std::string(90, 'n') + ".mp4";
  const auto found = index_of(make_tar({{name, "x"}}, TarForm::kUstar));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].name, name);
}

TEST(TarIndex, OfACutFileEndsWithTheMemberThatWasCut) {
  const std::string tar = make_tar({{"a", "x"}, {"b", std::string(5000, 'y')}, {"c", "z"}});
  const auto found = index_of(tar.substr(0, 4096));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.back().name, "b");
  EXPECT_EQ(found.back().size, 5000);
}

TEST(TarIndex, RefusesWhatIsNoPlainTar) {
  EXPECT_THROW(index_of(""), Error);
  EXPECT_THROW(index_of(std::string(2048, 'x')), Error);
  EXPECT_THROW(index_of(make_tar({{"a", "x"}}, TarForm::kPaxGzip)), Error);
  EXPECT_THROW(index_of(make_tar({{"a", "x"}}, TarForm::kPaxZstd)), Error);
}

TEST(TarIndex, SaysWhereAHeaderIsDamaged) {
  std::string tar = make_tar({{"a", "x"}, {"b", "y"}}, TarForm::kUstar);
  tar[1024 + 130] = '9';
  try {
    index_of(tar);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_TRUE(std::string(error.what()).ends_with("/s.tar: found damage at byte 1024, expected a tar header"))
        << error.what();
  }
}

TEST(TarIndex, NamesThatBeginWithManyDotsTakeTimeInProportion) {
  std::string name;
  for (int i = 0; i < 400'000; ++i) name += "./";
  const auto found = index_of(make_tar({{name + "a.mp4", "x"}}, TarForm::kPax));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].name, "a.mp4");
}

}  // namespace
}  // namespace tvts
