#include "tvts/media/inputs/media_names.h"

#include <gtest/gtest.h>

namespace tvts {
namespace {

TEST(MediaNames, TheExtensionTellsTheKind) {
  EXPECT_EQ(kind_of_name("a/b.mp4"), NameKind::kVideo);
  EXPECT_EQ(kind_of_name("b.png"), NameKind::kImage);
  EXPECT_EQ(kind_of_name("b.txt"), NameKind::kList);
  EXPECT_EQ(kind_of_name("b.jsonl"), NameKind::kTable);
  EXPECT_EQ(kind_of_name("b.tar.gz"), NameKind::kShard);
  EXPECT_EQ(kind_of_name("b.gz"), NameKind::kOther);
  EXPECT_EQ(kind_of_name("mp4"), NameKind::kOther);
}

TEST(MediaNames, UpperCaseIsTheSame) { EXPECT_EQ(kind_of_name("GOPR0001.MP4"), NameKind::kVideo); }

TEST(MediaNames, ANameThatIsNothingButAnExtensionHasNone) { EXPECT_EQ(kind_of_name("a/.mp4"), NameKind::kOther); }

TEST(MediaNames, TheFolderDoesNotCount) { EXPECT_EQ(kind_of_name("a.mp4/b"), NameKind::kOther); }

TEST(MediaNames, TheStemEndsAtTheLastDot) {
  EXPECT_EQ(file_stem("a.b/c.d.mp4"), "c.d");
  EXPECT_EQ(file_stem("plain"), "plain");
  EXPECT_EQ(file_stem(".mp4"), ".mp4");
  EXPECT_EQ(file_stem("folder/"), "");
}

}  // namespace
}  // namespace tvts
