#include "tvts/media/inputs/input_list.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <sstream>

#include "tests/media/inputs/tar_maker.h"
#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

namespace fs = std::filesystem;
using test::make_tar;
using Names = std::vector<std::string>;

// Each test runs in a folder of its own, so that relative names mean its files.
class Inputs : public testing::Test {
 public:
  Inputs() : before_(fs::current_path()) { fs::current_path(folder_.path()); }
  ~Inputs() override { fs::current_path(before_); }

 protected:
  void add(const std::string& name, const std::string& content = "") const { folder_.add(name, content); }

  std::vector<MediaItem> items(const Names& paths, const InputOptions& options = {}, const std::string& input = "") {
    std::istringstream standard_input(input);
    const auto source = open_inputs(paths, options, standard_input);
    std::vector<MediaItem> all;
    while (auto item = source->next()) all.push_back(std::move(*item));
    return all;
  }

  // The paths, with " !" after those that have an error.
  Names found(const Names& paths, const InputOptions& options = {}, const std::string& input = "") {
    Names names;
    for (const MediaItem& item : items(paths, options, input)) {
      names.push_back(item.path + (item.error.empty() ? "" : " !"));
    }
    return names;
  }

  std::string refusal_of(const Names& paths, const InputOptions& options = {}, const std::string& input = "") {
    try {
      items(paths, options, input);
      return "";
    } catch (const Error& error) {
      return error.what();
    }
  }

  static InputOptions with_format(InputFormat format) {
    InputOptions options;
    options.format = format;
    return options;
  }

  test::TemporaryFolder folder_;
  fs::path before_;
};

TEST_F(Inputs, AFileGivenByNameIsAnItemWhateverItsExtension) {
  add("b.mp4");
  add("a");
  add(".hidden.dat");
  EXPECT_EQ(found({"b.mp4", "a", ".hidden.dat"}), (Names{"b.mp4", "a", ".hidden.dat"}));
}

TEST_F(Inputs, AFileThatIsMissingIsAnItemWithAnError) {
  add("a.mp4");
  EXPECT_EQ(found({"a.mp4", "absent.mp4"}), (Names{"a.mp4", "absent.mp4 !"}));
}

TEST_F(Inputs, AFileNamedTwiceIsGivenTwiceAndAFolderOnce) {
  add("d/a.mp4");
  EXPECT_EQ(found({"d/a.mp4", "d", "d/a.mp4", "d"}), (Names{"d/a.mp4", "d/a.mp4", "d/a.mp4"}));
}

TEST_F(Inputs, FoldersKeepTheirPositionInTheList) {
  add("z/a.mp4");
  add("m.mp4");
  add("b/a.mp4");
  EXPECT_EQ(found({"z/", "m.mp4", "b"}), (Names{"z/a.mp4", "m.mp4", "b/a.mp4"}));
}

TEST_F(Inputs, NothingFoundIsAnErrorThatSaysWhatWasLookedFor) {
  add("d/a.doc");
  const std::string refusal = refusal_of({"d"});
  EXPECT_NE(refusal.find("nothing to read in d"), std::string::npos) << refusal;
  EXPECT_NE(refusal.find(".mp4"), std::string::npos) << refusal;
  EXPECT_NE(refusal_of({"-"}), "");
}

TEST_F(Inputs, AListNamesOnePathALine) {
  add("a b.mp4");
  add("#c.mp4");
  add("d/e.mp4");
  add("list.txt",
      "\xEF\xBB\xBF"
      "a b.mp4\r\n\r\n#c.mp4\n\nabsent.mp4\nd");
  EXPECT_EQ(found({"list.txt"}), (Names{"a b.mp4", "#c.mp4", "absent.mp4 !", "d/e.mp4"}));
}

TEST_F(Inputs, AListOnStandardInput) {
  add("a.mp4");
  EXPECT_EQ(found({"-"}, {}, "a.mp4\nabsent\n"), (Names{"a.mp4", "absent !"}));
  EXPECT_NE(refusal_of({"-", "-"}, {}, "a.mp4\n"), "");
}

TEST_F(Inputs, NamesInAListAreRelativeToHereAndElseToTheList) {
  add("lists/list.txt", "a.mp4\nb.mp4\n");
  add("lists/a.mp4");
  add("lists/b.mp4");
  add("b.mp4");
  EXPECT_EQ(found({"lists/list.txt"}), (Names{"lists/a.mp4", "b.mp4"}));
}

TEST_F(Inputs, AListInsideAListIsAnError) {
  add("a.txt", "b.txt\na.txt\n");
  add("b.txt", "c.mp4\n");
  EXPECT_EQ(found({"a.txt"}), (Names{"b.txt !", "a.txt !"}));
}

TEST_F(Inputs, AListThatCannotBeReadStopsTheRun) {
  add("d/x");
  EXPECT_NE(refusal_of({"d"}, with_format(InputFormat::kList)), "");
  EXPECT_EQ(found({"absent.txt"}), Names{"absent.txt !"});
}

TEST_F(Inputs, AZeroByteInANameIsAnError) {
  add("a.mp4");
  EXPECT_EQ(found({"-"}, {}, std::string("a.mp4\0x\n", 8)), Names{std::string("a.mp4\0x !", 9)});
}

TEST_F(Inputs, ATableGivesPartsAndTexts) {
  add("a.mp4", "12345");
  add("t.csv", "path,start,end,caption,label\na.mp4,1,2,\"x, y\",l\n");
  const auto all = items({"t.csv"});
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].key, "a");
  EXPECT_EQ(all[0].size_bytes, 5);
  EXPECT_EQ(all[0].start_seconds, 1.0);
  EXPECT_EQ(all[0].caption, "x, y");
  EXPECT_EQ(all[0].label, "l");
}

TEST_F(Inputs, ATableOnStandardInput) {
  add("a.mp4");
  const auto all = items({"-"}, with_format(InputFormat::kCsv), "path,caption\na.mp4,c\n");
  EXPECT_EQ(all.at(0).caption, "c");
}

TEST_F(Inputs, TheFormatOverridesTheName) {
  add("names", "a.mp4\n");
  add("a.mp4");
  add("note.txt", "a.mp4\n");
  EXPECT_EQ(found({"names"}, with_format(InputFormat::kList)), Names{"a.mp4"});
  EXPECT_EQ(found({"note.txt"}, with_format(InputFormat::kFiles)), Names{"note.txt"});
}

TEST_F(Inputs, BracePatternsNameShardsAndFiles) {
  add("00.tar", make_tar({{"a.mp4", "x"}}));
  add("01.tar", make_tar({{"b.mp4", "x"}}));
  add("v1.mp4");
  EXPECT_EQ(found({"{00..02}.tar", "v{1..2}.mp4"}),
            (Names{"00.tar/a.mp4", "01.tar/b.mp4", "02.tar !", "v1.mp4", "v2.mp4 !"}));
}

TEST_F(Inputs, AFileWhoseNameLooksLikeAPatternIsThatFile) {
  add("a{1..2}.mp4");
  EXPECT_EQ(found({"a{1..2}.mp4"}), Names{"a{1..2}.mp4"});
}

TEST_F(Inputs, FoldersOfShardsAreReadWhereTheFormatSaysSo) {
  add("d/1.tar", make_tar({{"b.mp4", "x"}}));
  add("d/0.tar", make_tar({{"a.mp4", "x"}}));
  add("d/0.mp4");
  add("d/0_stats.json");
  EXPECT_EQ(found({"d"}, with_format(InputFormat::kWebDataset)), (Names{"d/0.tar/a.mp4", "d/1.tar/b.mp4"}));
  EXPECT_EQ(found({"d"}), Names{"d/0.mp4"});
}

TEST_F(Inputs, AListOfFailuresFindsSamplesOfShardsAgain) {
  add("s/0.tar", make_tar({{"a.mp4", "A"}, {"a.txt", "text"}, {"b.mp4", "B"}, {"c.mp4", "C"}}));
  add("v.errors.jsonl", R"({"key":"c","path":"s/0.tar/c.mp4","status":"failed","error_message":"m"})"
                        "\n"
                        R"({"key":"a","path":"s/0.tar/a.mp4","status":"failed","error_message":"m","item_start":1})"
                        "\n"
                        R"({"key":"x","path":"s/0.tar/x.mp4","status":"failed","error_message":"m"})"
                        "\n");
  const auto all = items({"v.errors.jsonl"});
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(static_cast<char>(all[0].content->at(0)), 'C');
  EXPECT_EQ(static_cast<char>(all[1].content->at(0)), 'A');
  EXPECT_EQ(all[1].caption, "text");
  EXPECT_EQ(all[1].start_seconds, 1.0);
  EXPECT_NE(all[2].error, "");
}

TEST_F(Inputs, NamesThatAreNotUtf8AreKeptAndFound) {
  add("caf\xE9.mp4", "1");
  add("v.errors.jsonl", "{\"path\":\"caf\xEF\xBF\xBD.mp4\",\"path_bytes\":\"636166e92e6d7034\"}\n");
  EXPECT_EQ(found({"caf\xE9.mp4"}), Names{"caf\xE9.mp4"});
  EXPECT_EQ(found({"v.errors.jsonl"}), Names{"caf\xE9.mp4"});
}

TEST_F(Inputs, AListOfFailuresNamesRowsThatFailAgain) {
  add("a.mp4");
  add("t.csv", "path,start\na.mp4,\na.mp4,0:01\n");
  EXPECT_EQ(found({"t.csv"}), (Names{"a.mp4", "t.csv:3 !"}));
  add("v.errors.jsonl", R"({"key":"t.csv:3","path":"t.csv:3","status":"unreadable","error_message":"m"})");
  const auto again = items({"v.errors.jsonl"});
  ASSERT_EQ(again.size(), 1U);
  EXPECT_NE(again[0].error.find("mend it, and give t.csv again"), std::string::npos) << again[0].error;
}

TEST_F(Inputs, NamesAreFoundAsTheDiskSpellsThem) {
  add("clips/a.mp4");
  add("caf\xC3\xA9/cre\xCC\x80me.mp4");  // composed; decomposed
  add("t.csv", "path\nclips\\a.mp4\n clips/a.mp4 \ncaf\xC3\xA9/cr\xC3\xA8me.mp4\ncafe\xCC\x81/cr\xC3\xA8me.mp4\n");
  const std::string creme = "caf\xC3\xA9/cre\xCC\x80me.mp4";
  EXPECT_EQ(found({"t.csv"}), (Names{"clips/a.mp4", "clips/a.mp4", creme, creme}));
}

TEST_F(Inputs, AFileOfTheVeryNameComesFirst) {
  add("clips/a.mp4");
  add("clips\\a.mp4");
  EXPECT_EQ(found({"clips\\a.mp4"}), Names{"clips\\a.mp4"});
}

TEST_F(Inputs, ANameInDoubtOrOfAnotherMachineSaysSo) {
  add("x/\xC3\xA9t\xC3\xA9.mp4");
  add("x/e\xCC\x81te\xCC\x81.mp4");
  const auto error_of = [this](const std::string& path) { return items({path}).at(0).error; };
  const std::string mixed = "x/\xC3\xA9te\xCC\x81.mp4";
  EXPECT_NE(error_of(mixed).find("; 2 files are named so"), std::string::npos) << error_of(mixed);
  EXPECT_NE(error_of("C:\\clips\\a.mp4").find("backslashes"), std::string::npos);
  EXPECT_NE(error_of("caf\xE9.mp4").find("UTF-8"), std::string::npos);
  EXPECT_EQ(error_of("absent.mp4"), "No such file or directory");
}

TEST_F(Inputs, TextOfWindowsIsRead) {
  using namespace std::string_literals;
  add("a.mp4");
  add("utf16.txt", "\xFF\xFE"s + "a\0.\0m\0p\0004\0\r\0\n\0"s);
  add("mac.txt", "a.mp4\ra.mp4\r");
  EXPECT_EQ(found({"utf16.txt", "mac.txt"}), (Names{"a.mp4", "a.mp4", "a.mp4"}));
}

TEST_F(Inputs, APipeIsReadOnceAndMayBeOpenedTwice) {
  add("a.mp4");
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  constexpr std::string_view kList = "a.mp4\nabsent.mp4\n";
  ASSERT_EQ(write(ends[1], kList.data(), kList.size()), static_cast<ssize_t>(kList.size()));
  close(ends[1]);
  std::istringstream none;
  const InputPlan plan = plan_inputs({"/dev/fd/" + std::to_string(ends[0])}, {}, none);
  close(ends[0]);
  for (int time = 0; time < 2; ++time) {
    const auto source = open_inputs(plan, {});
    EXPECT_EQ(source->next()->path, "a.mp4");
    EXPECT_NE(source->next()->error, "");
    EXPECT_FALSE(source->next());
  }
}

TEST_F(Inputs, APatternOfTooManyNamesIsAnErrorOfItsLine) {
  add("a.mp4");
  add("list.txt", "{0..999999}.mp4\na.mp4\n");
  EXPECT_EQ(found({"list.txt"}), (Names{"{0..999999}.mp4 !", "a.mp4"}));
  EXPECT_NE(refusal_of({"{0..999999}.mp4"}), "");
}

TEST_F(Inputs, TheNumberOfItemsIsKnownUnlessThereAreShards) {
  add("a.mp4");
  add("0.tar", make_tar({{"a.mp4", "x"}}));
  std::istringstream none;
  EXPECT_EQ(open_inputs({"a.mp4", "b.mp4"}, {}, none)->size_hint(), 2U);
  EXPECT_EQ(open_inputs({"a.mp4", "0.tar"}, {}, none)->size_hint(), std::nullopt);
}

TEST_F(Inputs, FormatsHaveNames) {
  EXPECT_EQ(input_format_named("webdataset"), InputFormat::kWebDataset);
  EXPECT_THROW(input_format_named("tar"), Error);
}

}  // namespace
}  // namespace tvts
