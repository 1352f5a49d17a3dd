#include "tvts/media/inputs/shard_samples.h"

#include <gtest/gtest.h>

namespace tvts {
namespace {

using Names = std::vector<std::string>;

// "KEY: MEDIA TEXT... [unused UNUSED...]" for each sample.
std::vector<std::string> described(const Names& names) {
  std::vector<std::string> all;
  for (const ShardSample& sample : samples_of(names)) {
    std::string text = sample.key + ": " + names[sample.media];
    for (const auto& index : sample.texts) text += index ? " " + names[*index] : "";
    for (const std::size_t index : sample.unused) text += " !" + names[index];
    all.push_back(text);
  }
  return all;
}

TEST(ShardSamples, MembersOfOneKeyAreOneSample) {
  EXPECT_EQ(described({"d/a.mp4", "d/a.txt", "d/a.json", "b.en.vtt", "b.webm", "b.whisper.json", "lonely.txt"}),
            (Names{"d/a: d/a.mp4 d/a.txt d/a.json", "b: b.webm b.en.vtt b.whisper.json"}));
}

TEST(ShardSamples, TextsApartFromTheOneVideoOfTheirKeyAreIts) {
  EXPECT_EQ(described({"a.txt", "b.txt", "a.mp4", "b.mp4", "a.json", "c.txt"}),
            (Names{"a: a.mp4 a.txt a.json", "b: b.mp4 b.txt"}));
  EXPECT_EQ(described({"v1.a.txt", "v1.b.txt", "w.mp4", "v1.b.mp4", "v1.a.mp4"}),
            (Names{"w: w.mp4", "v1.b: v1.b.mp4 v1.b.txt", "v1.a: v1.a.mp4 v1.a.txt"}));
  EXPECT_EQ(described({"a.mp4", "b.mp4", "a.webm", "b.txt", "a.txt"}),
            (Names{"a: a.mp4 !a.txt", "b: b.mp4 b.txt", "a: a.webm"}));
}

TEST(ShardSamples, DotsInNamesTellVideosApart) {
  EXPECT_EQ(described({"v1.5_001.json", "v1.5_001.mp4", "v1.5_001.txt", "v1.5_002.mp4", "v1.5_002.en.vtt"}),
            (Names{"v1.5_001: v1.5_001.mp4 v1.5_001.txt v1.5_001.json", "v1.5_002: v1.5_002.mp4 v1.5_002.en.vtt"}));
  EXPECT_EQ(described({"2024.01.mp4", "2024.02.mp4", "2024.02.txt", "2024.01.txt"}),
            (Names{"2024.01: 2024.01.mp4 2024.01.txt", "2024.02: 2024.02.mp4 2024.02.txt"}));
}

TEST(ShardSamples, OneKeyMayBeginAnother) {
  EXPECT_EQ(described({"a.b.mp4", "a.b.txt", "a.mp4", "a.txt"}), (Names{"a.b: a.b.mp4 a.b.txt", "a: a.mp4 a.txt"}));
  EXPECT_EQ(described({"a.b.c.txt", "a.b.mp4", "a.mp4"}), (Names{"a.b: a.b.mp4 a.b.c.txt", "a: a.mp4"}));
}

TEST(ShardSamples, PicturesWithDotsAreToldApartToo) {
  EXPECT_EQ(described({"v1.5_a.jpg", "v1.5_a.txt", "v1.5_b.jpg", "v1.5_b.txt"}),
            (Names{"v1.5_a: v1.5_a.jpg v1.5_a.txt", "v1.5_b: v1.5_b.jpg v1.5_b.txt"}));
}

TEST(ShardSamples, APictureNamedAsAVideoIsNoSample) {
  EXPECT_EQ(described({"a.jpg", "a.mp4", "a.txt"}), Names{"a: a.mp4 a.txt"});
  EXPECT_EQ(described({"a.720p.mp4", "a.jpg", "a.720p.2.jpg"}), Names{"a: a.720p.mp4"});
  EXPECT_EQ(described({"2024.1.jpg", "2024.2.mp4"}), (Names{"2024.1: 2024.1.jpg", "2024.2: 2024.2.mp4"}));
}

TEST(ShardSamples, ATextThatMayBeOfAnotherSampleIsNotGuessedAbout) {
  EXPECT_EQ(described({"v1.5_a.mp4", "v1.5_b.txt"}), Names{"v1: v1.5_a.mp4 !v1.5_b.txt"});
  EXPECT_EQ(described({"v1.5_a.mp4", "v1.5_b.mp4", "v1.txt"}),
            (Names{"v1.5_a: v1.5_a.mp4 !v1.txt", "v1.5_b: v1.5_b.mp4"}));
}

TEST(ShardSamples, TextsOfTheOneVideoMayHaveShorterNames) {
  EXPECT_EQ(described({"a.720p.mp4", "a.en.vtt", "a.json", "a.txt", "a.whisper.json"}),
            Names{"a: a.720p.mp4 a.txt a.json a.en.vtt a.whisper.json"});
}

TEST(ShardSamples, TheShortestNameOfAKindIsTaken) {
  EXPECT_EQ(described({"a.mp4", "a.title.txt", "a.txt", "a.info.json"}), Names{"a: a.mp4 a.txt"});
}

TEST(ShardSamples, TwoFormsOfOneVideoAreBothGivenWithItsText) {
  EXPECT_EQ(described({"a.mp4", "a.webm", "a.txt"}), (Names{"a: a.mp4 a.txt", "a: a.webm a.txt"}));
}

TEST(ShardSamples, HiddenMembersAndFoldersArePassedOver) {
  EXPECT_EQ(described({"d/", "._a.mp4", ".mp4", "a.mp4"}), Names{"a: a.mp4"});
}

TEST(ShardSamples, ManyLongNamesOfOneKeyTakeTimeInProportion) {
  Names names;
  const std::string begin = "v." + std::string(2000, 'x') + ".";
  for (int i = 0; i < 5000; ++i) {
    names.push_back(begin + std::to_string(i) + ".mp4");
    names.push_back(begin + std::to_string(i) + ".txt");
  }
  EXPECT_EQ(samples_of(names).size(), 5000U);
  EXPECT_EQ(samples_of(Names{"a" + std::string(1 << 20, '.') + "mp4", "a.mp4"}).size(), 2U);
}

TEST(MemberName, HasNoDotsAndSlashesBeforeIt) {
  EXPECT_EQ(member_name("././a/./b.mp4"), "a/./b.mp4");
  EXPECT_EQ(member_name("./"), "");
  EXPECT_EQ(member_name(".hidden"), ".hidden");
}

}  // namespace
}  // namespace tvts
