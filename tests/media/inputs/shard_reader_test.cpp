#include "tvts/media/inputs/shard_reader.h"

#include <gtest/gtest.h>

#include <clocale>
#include <random>

#include "tests/media/inputs/tar_maker.h"
#include "tests/support/numpy.h"
#include "tests/support/temporary_folder.h"

namespace tvts {
namespace {

using test::make_tar;
using test::Members;
using test::TarForm;
using test::TemporaryFolder;

constexpr std::size_t kManyBytes = std::size_t{1} << 24;

std::vector<MediaItem> items_of(const std::string& path, std::size_t max_member_bytes = kManyBytes) {
  ShardReader reader(path, max_member_bytes);
  std::vector<MediaItem> items;
  while (auto item = reader.next()) items.push_back(std::move(*item));
  return items;
}

std::vector<MediaItem> items_of_members(const Members& members, std::size_t max_member_bytes = kManyBytes) {
  const TemporaryFolder folder;
  return items_of(folder.add("s.tar", make_tar(members)), max_member_bytes);
}

std::string text_of(const MediaItem& item) {
  if (!item.content) return "(none)";
  return {reinterpret_cast<const char*>(item.content->data()), item.content->size()};
}

TEST(ShardReader, GivesASampleForEachKey) {
  const TemporaryFolder folder;
  const std::string path =
      folder.add("00000.tar", make_tar({{"000_000.json", R"({"caption": "from json", "key": "000"})"},
                                        {"000_000.mp4", "video one"},
                                        {"000_000.txt", "a caption\n"},
                                        {"000_001.json", R"({"caption": "from json"})"},
                                        {"000_001.webm", "video two"}}));
  const auto items = items_of(path);
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].path, path + "/000_000.mp4");
  EXPECT_EQ(items[0].key, "000_000");
  EXPECT_EQ(items[0].caption, "a caption");
  EXPECT_EQ(items[0].size_bytes, 9);
  EXPECT_EQ(items[0].modified_ns, file_status(path)->modified_ns);
  EXPECT_EQ(text_of(items[0]), "video one");
  EXPECT_EQ(items[1].caption, "from json");
  EXPECT_EQ(text_of(items[1]), "video two");
}

TEST(ShardReader, ReadsEveryFormOfTar) {
  const TemporaryFolder folder;
  const Members members = {{"d/a.mp4", std::string(3000, 'x')},
                           {std::string(80, 'd') + "/" + std::string(80, 'n') + ".mp4", "y"}};
  for (const TarForm form : {TarForm::kUstar, TarForm::kPax, TarForm::kGnu, TarForm::kPaxGzip, TarForm::kPaxZstd}) {
    const auto items = items_of(folder.add("s.tar", make_tar(members, form)));
    ASSERT_EQ(items.size(), 2U) << static_cast<int>(form);
    EXPECT_EQ(items[0].key, "d/a");
    EXPECT_EQ(text_of(items[0]), members[0].second);
    EXPECT_EQ(items[1].key, std::string(80, 'd') + "/" + std::string(80, 'n'));
  }
}

TEST(ShardReader, ReadsWhatPythonsTarfileWritesWhateverTheLocale) {
  if (std::system((test::python() + " -c 'import tarfile' 2>/dev/null").c_str()) != 0)
    GTEST_SKIP() << "there is no Python";
  const TemporaryFolder folder;
  const std::string script = R"(
import io, sys, tarfile
for form in "USTAR", "GNU", "PAX":
    with tarfile.open(sys.argv[1] + "/" + form + ".tar.gz", "w:gz", format=getattr(tarfile, form + "_FORMAT")) as tar:
        for name in b"caf\xc3\xa9.mp4", b"raw\xe9.mp4":
            info = tarfile.TarInfo("./" + name.decode("utf-8", "surrogateescape"))
            info.size = 3
            tar.addfile(info, io.BytesIO(b"abc"))
)";
  ASSERT_EQ(test::run_python(script, folder.path()), "");
  for (const char* locale : {"C", "C.UTF-8"}) {
    ASSERT_NE(std::setlocale(LC_ALL, locale), nullptr);
    for (const std::string form : {"USTAR", "GNU", "PAX"}) {
      const auto items = items_of(folder / (form + ".tar.gz"));
      ASSERT_EQ(items.size(), 2U) << form;
      EXPECT_EQ(items[0].key, "caf\xC3\xA9") << form << locale;
      EXPECT_EQ(items[1].key, "raw\xE9") << form << locale;
    }
  }
  std::setlocale(LC_ALL, "C");
}

TEST(ShardReader, AnImageIsASampleWhereThereIsNoVideo) {
  const auto items = items_of_members({{"a.jpg", "thumbnail"}, {"a.mp4", "video"}, {"b.jpg", "image"}});
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(text_of(items[0]), "video");
  EXPECT_EQ(text_of(items[1]), "image");
}

TEST(ShardReader, VideosWhoseNamesHoldDotsKeepTheirOwnTexts) {
  for (const TarForm form : {TarForm::kPax, TarForm::kPaxGzip}) {
    const TemporaryFolder folder;
    const auto items = items_of(folder.add("s.tar", make_tar({{"v1.5_001.mp4", "one"},
                                                              {"v1.5_001.txt", "first"},
                                                              {"v1.5_002.mp4", "two"},
                                                              {"v1.5_002.txt", "second"},
                                                              {"v1.5_003.mp4", "three"},
                                                              {"v1.txt", "of none"}},
                                                             form)));
    ASSERT_EQ(items.size(), 3U);
    EXPECT_EQ(items[0].key, "v1.5_001");
    EXPECT_EQ(items[0].caption, "first");
    EXPECT_EQ(items[1].caption, "second");
    EXPECT_EQ(text_of(items[1]), "two");
    EXPECT_EQ(items[2].caption, "");
    ASSERT_EQ(items[0].warnings.size(), 1U);
    EXPECT_TRUE(items[0].warnings[0].starts_with("v1.txt is not used")) << items[0].warnings[0];
  }
}

TEST(ShardReader, FindsSamplesInAnyOrder) {
  for (const TarForm form : {TarForm::kPax, TarForm::kPaxZstd}) {
    const TemporaryFolder folder;
    Members members;
    for (int i = 0; i < 30; ++i) {
      members.emplace_back(std::string(120, 'd') + std::to_string(i) + ".mp4", "video " + std::to_string(i));
      members.emplace_back(std::string(120, 'd') + std::to_string(i) + ".txt", "text " + std::to_string(i));
    }
    const std::string path = folder.add("s.tar", make_tar(members, form));
    ShardReader reader(path, kManyBytes);
    for (const int i : {29, 3, 4, 4, 0, 17}) {
      const MediaItem item = reader.find(path + "/" + std::string(120, 'd') + std::to_string(i) + ".mp4");
      EXPECT_EQ(item.error, "");
      EXPECT_EQ(text_of(item), "video " + std::to_string(i));
      EXPECT_EQ(item.caption, "text " + std::to_string(i));
    }
    EXPECT_NE(reader.find(path + "/absent.mp4").error, "");
  }
}

TEST(ShardReader, ReadsMetadataAsPythonWritesIt) {
  const auto items = items_of_members({{"a.json", R"({"caption": "a clock", "likes": NaN, "title": "\ud83d"})"},
                                       {"a.mp4", "x"},
                                       {"b.json", R"({"caption": NaN})"},
                                       {"b.mp4", "x"}});
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].caption, "a clock");
  EXPECT_TRUE(items[0].warnings.empty());
  EXPECT_EQ(items[1].caption, "");
  EXPECT_EQ(items[1].warnings.size(), 1U);
}

TEST(ShardReader, TheKeyEndsAtTheFirstDotOfTheBaseName) {
  const auto items = items_of_members({{"v1.0/a.b.c.mp4", "x"}});
  EXPECT_EQ(items.at(0).key, "v1.0/a");
}

TEST(ShardReader, ClassAndOtherMembersBesideTheVideo) {
  const auto items = items_of_members({{"a.cls", "7\n"},
                                       {"a.vtt", "x"},
                                       {"a.whisper.json", "no json"},
                                       {"a.mp4", "x"},
                                       {"._a.mp4", "hidden"},
                                       {"lonely.txt", "no video"},
                                       {"folder/", ""}});
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].label, "7");
  EXPECT_TRUE(items[0].warnings.empty());
}

TEST(ShardReader, ACaptionThatCannotBeUsedIsAWarning) {
  const auto items =
      items_of_members({{"a.json", "{broken"}, {"a.txt", std::string((1 << 20) + 1, 'x')}, {"a.mp4", "x"}});
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].error, "");
  EXPECT_EQ(items[0].warnings.size(), 2U);
}

TEST(ShardReader, AMemberThatIsTooLongIsAnErrorAndTheNextIsRead) {
  const auto items = items_of_members({{"a.mp4", std::string(101, 'x')}, {"b.mp4", std::string(100, 'x')}}, 100);
  ASSERT_EQ(items.size(), 2U);
  EXPECT_NE(items[0].error.find("101"), std::string::npos) << items[0].error;
  EXPECT_EQ(items[0].content, nullptr);
  EXPECT_EQ(items[1].content->size(), 100U);
}

TEST(ShardReader, AMemberThatPromisesMoreThanTheShardHoldsTakesNoMemoryForIt) {
  const TemporaryFolder folder;
  std::string tar = make_tar({{"a.mp4", "x"}});
  // The size field, in octal: 8 GiB less one; then the checksum, with its own field as spaces.
  tar.replace(124, 11, "77777777777");
  tar.replace(148, 8, "        ");
  unsigned sum = 0;
  for (std::size_t i = 0; i < 512; ++i) sum += static_cast<unsigned char>(tar[i]);
  char digits[8];
  std::snprintf(digits, sizeof digits, "%06o", sum);
  tar.replace(148, 7, digits, 7);
  const auto items = items_of(folder.add("s.tar", tar), std::size_t{1} << 40);
  ASSERT_EQ(items.size(), 1U);
  EXPECT_TRUE(items[0].path.ends_with("s.tar"));
  EXPECT_NE(items[0].error, "");
}

TEST(ShardReader, ABrokenShardGivesWhatComesBeforeTheBreakAndOneError) {
  const TemporaryFolder folder;
  const std::string tar = make_tar({{"a.mp4", std::string(1000, 'a')}, {"b.mp4", std::string(1000, 'b')}});
  const auto items = items_of(folder.add("s.tar", tar.substr(0, 512 + 1024 + 512 + 300)));
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].content->size(), 1000U);
  EXPECT_EQ(items[1].path, folder / "s.tar");
  EXPECT_NE(items[1].error, "");
}

TEST(ShardReader, WhatIsNoShardIsOneError) {
  const TemporaryFolder folder;
  for (const std::string& content : {std::string(), std::string("not a tar at all"), std::string(2048, 'x')}) {
    const auto items = items_of(folder.add("s.tar", content));
    ASSERT_EQ(items.size(), 1U);
    EXPECT_NE(items[0].error, "");
  }
  EXPECT_NE(items_of(folder / "absent.tar").at(0).error, "");
  EXPECT_NE(items_of(folder.path()).at(0).error, "");
}

TEST(ShardReader, AShardWithoutVideosIsOneError) {
  const auto items = items_of_members({{"a.txt", "text"}});
  ASSERT_EQ(items.size(), 1U);
  EXPECT_NE(items[0].error.find("no video"), std::string::npos);
}

TEST(ShardReader, EveryTruncationEndsWithWholeSamplesOrAnError) {
  const TemporaryFolder folder;
  const std::string tar =
      make_tar({{"a.mp4", std::string(700, 'a')}, {"a.txt", "caption"}, {"b.mp4", "b"}}, TarForm::kPax);
  for (std::size_t size = 0; size < tar.size(); size += size % 512 < 3 || size % 512 > 508 ? 1 : 37) {
    for (const MediaItem& item : items_of(folder.add("s.tar", tar.substr(0, size)))) {
      EXPECT_NE(item.content == nullptr, item.error.empty()) << size;
      EXPECT_TRUE(item.key != "a" || text_of(item) == std::string(700, 'a')) << size;
    }
  }
}

TEST(ShardReader, FlippedBytesGiveItemsOrErrorsAndNothingElse) {
  const TemporaryFolder folder;
  std::mt19937 random(3);
  for (const TarForm form : {TarForm::kUstar, TarForm::kPax, TarForm::kGnu, TarForm::kPaxGzip, TarForm::kPaxZstd}) {
    const std::string tar = make_tar(
        {{std::string(120, 'd') + "/a.mp4", std::string(700, 'a')}, {"a.json", "{\"caption\": \"x\"}"}, {"b.mp4", "b"}},
        form);
    for (int trial = 0; trial < 300; ++trial) {
      std::string broken = tar;
      for (int flip = 0; flip < 4; ++flip) broken[random() % broken.size()] = static_cast<char>(random());
      for (const MediaItem& item : items_of(folder.add("s.tar", broken))) {
        EXPECT_NE(item.content == nullptr, item.error.empty());
      }
    }
  }
}

}  // namespace
}  // namespace tvts
