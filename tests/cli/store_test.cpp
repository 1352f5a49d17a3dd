// tvts embed into a store, and tvts search over it.
#include <algorithm>
#include <filesystem>
#include <map>

#include "tests/cli/cli_fixture.h"

namespace tvts::test {
namespace {

namespace fs = std::filesystem;

class StoreCommands : public CliTest {
 protected:
  void SetUp() override { fs::copy(shared("videos"), folder_ / "videos"); }

  Outcome embed(std::vector<std::string> more = {}, const RunOptions& options = {},
                const std::string& store = "store") {
    std::vector<std::string> arguments = {"embed",    folder_ / "videos", "--pretrained", shared("model.safetensors"),
                                          "--output", folder_ / store};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_tvts(arguments, options);
  }
  std::vector<nlohmann::json> search(std::vector<std::string> more) {
    std::vector<std::string> arguments = {"search", folder_ / "store", "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = run_tvts(arguments);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return json_lines(outcome.out);
  }
  // Bytes of the work that a run has finished but not yet put into a shard.
  std::uintmax_t journal_size() {
    std::uintmax_t size = 0;
    std::error_code absent;
    for (const auto& file : fs::directory_iterator(folder_ / "store/_journal", absent)) {
      const std::uintmax_t bytes = file.file_size(absent);
      if (!absent) size += bytes;
    }
    return size;
  }
  // Every file of a store but its statistics.
  std::map<std::string, std::string> content(const std::string& store) {
    std::map<std::string, std::string> files;
    for (const auto& file : fs::recursive_directory_iterator(folder_ / store)) {
      const std::string name = fs::relative(file.path(), folder_ / store).string();
      if (file.is_regular_file() && !name.starts_with("_stats")) files[name] = read_text(file.path());
    }
    return files;
  }
};

// 8 million pixels of grey, as a plain bitmap.
std::string large_picture() {
  constexpr std::uint32_t kWidth = 4000, kHeight = 2000, kHeader = 54;
  const auto number = [](std::uint32_t value, int size) {
    std::string bytes;
    for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i));
    return bytes;
  };
  const std::string pixels(3 * kWidth * kHeight, '\x80');
  return "BM" + number(kHeader + static_cast<std::uint32_t>(pixels.size()), 4) + number(0, 4) + number(kHeader, 4) +
         number(40, 4) + number(kWidth, 4) + number(kHeight, 4) + number(1, 2) + number(24, 2) + std::string(24, '\0') +
         pixels;
}

TEST_F(StoreCommands, AQueryPictureTakesAMemoryBudget) {
  ASSERT_EQ(embed().exit_code, 0);
  write_text(folder_ / "large.bmp", large_picture());
  EXPECT_EQ(search({"--image", folder_ / "large.bmp", "-k", "1"}).size(), 1U);
  const Outcome outcome =
      run_tvts({"search", folder_ / "store", "--image", folder_ / "large.bmp", "--memory-budget", "32"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_NE(outcome.err.find("4000 x 2000 pixels"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("memory budget of 32 MiB; --memory-budget"), std::string::npos) << outcome.err;
}

TEST_F(StoreCommands, AVideoFindsItselfFirst) {
  ASSERT_EQ(embed().exit_code, 0);
  for (const char* name : {"circle", "fade", "square"}) {
    const std::string path = folder_ / ("videos/" + std::string(name) + ".mp4");
    const auto hits = search({"--video", path, "-k", "2"});
    ASSERT_EQ(hits.size(), 2U);
    EXPECT_EQ(hits[0].at("path"), path);
    EXPECT_EQ(hits[0].at("rank"), 1);
    EXPECT_NEAR(hits[0].at("score").get<double>(), 1, 1e-5);
    EXPECT_TRUE(hits[0].at("p").is_null());
  }
}

TEST_F(StoreCommands, ColumnsAreQueryRankPathStartEndScoreP) {
  ASSERT_EQ(embed().exit_code, 0);
  const Outcome outcome = run_tvts({"search", folder_ / "store", "--text", "a dog", "-k", "2"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  ASSERT_EQ(lines_of(outcome.out).size(), 2U);
  const auto columns = columns_of(lines_of(outcome.out)[0]);
  ASSERT_EQ(columns.size(), 7U);
  EXPECT_EQ(columns[0], "a dog");
  EXPECT_EQ(columns[1], "1");
  EXPECT_TRUE(fs::exists(columns[2]));
  EXPECT_EQ(columns[3], "0.000");
  const double p = std::stod(columns[6]);
  EXPECT_TRUE(p > 0 && p <= 1) << p;
}

TEST_F(StoreCommands, TextHitsCarryAPValueThatMaxPCutsAt) {
  ASSERT_EQ(embed().exit_code, 0);
  const auto all = search({"--text", "a dog", "-k", "3"});
  ASSERT_EQ(all.size(), 3U);
  std::vector<double> p_values;
  for (const auto& hit : all) p_values.push_back(hit.at("p"));
  const double limit = *std::min_element(p_values.begin(), p_values.end());
  EXPECT_EQ(search({"--text", "a dog", "-k", "3", "--max-p", std::to_string(limit + 1e-6)}).size(), 1U);
  EXPECT_EQ(search({"--text", "a dog", "-k", "3", "--min-z", "100"}).size(), 0U);
  const Outcome beyond = run_tvts({"search", folder_ / "store", "--text", "a dog", "--max-p", "1e-6"});
  EXPECT_EQ(beyond.exit_code, 2);
  EXPECT_NE(beyond.err.find("--min-z 4.8"), std::string::npos) << beyond.err;
}

TEST_F(StoreCommands, ABlankTextIsNoQuery) {
  ASSERT_EQ(embed().exit_code, 0);
  for (const std::string text : {"", "  ", "\t\n", "\u00a0", "&nbsp;", "\u200b"}) {
    const Outcome outcome = run_tvts({"search", folder_ / "store", "--text", "a dog", "--text", text});
    EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
    EXPECT_TRUE(outcome.out.empty());
    EXPECT_EQ(lines_of(outcome.err).size(), 1U) << outcome.err;
  }
}

TEST_F(StoreCommands, AFolderIsTheSameHoweverItIsSpelled) {
  const std::string folder = folder_ / "";
  fs::create_directory_symlink("videos", folder_ / "linked");
  for (const std::string spelling : {"videos", "videos/", "./videos", "videos/../videos", "linked"}) {
    const Outcome outcome = run_tvts({"embed", spelling, "--output", "store"}, {.folder = folder});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    const bool is_first = spelling == "videos";
    EXPECT_NE(outcome.err.find(is_first ? "3 to embed, 0 stored" : "0 to embed, 3 stored"), std::string::npos)
        << spelling << ": " << outcome.err;
    EXPECT_NE(outcome.err.find("holds 3 rows (0 replaced, 0 vanished)"), std::string::npos) << outcome.err;
  }
  EXPECT_NE(embed().exit_code, 0);  // another model; the spelling is absolute
  const Outcome inside = run_tvts({"embed", ".", "--output", "../store"}, {.folder = folder_ / "videos"});
  EXPECT_NE(inside.err.find("0 to embed, 3 stored"), std::string::npos) << inside.err;
  const Outcome hits =
      run_tvts({"search", "../store", "--video", "fade.mp4", "--html", "../hits.html"}, {.folder = folder_ / "videos"});
  ASSERT_EQ(lines_of(hits.out).size(), 3U) << hits.out;
  EXPECT_EQ(columns_of(lines_of(hits.out)[0])[2], "videos/fade.mp4");
  EXPECT_EQ(hits.err.find("no picture"), std::string::npos) << hits.err;
}

TEST_F(StoreCommands, AVideoNamedInTwoRowsKeepsBothCaptions) {
  write_text(folder_ / "t.csv", "path,caption\nvideos/fade.mp4,it fades\n./videos/fade.mp4,it goes\n");
  const Outcome outcome = run_tvts({"embed", folder_ / "t.csv", "--output", folder_ / "store"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto rows = json_lines(read_text(folder_ / "store/metadata/metadata_00000.jsonl"));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].at("caption"), "it fades");
  EXPECT_EQ(rows[0].at("captions"), (nlohmann::json{"it fades", "it goes"}));
}

TEST_F(StoreCommands, PerVideoKeepsTheBestWindowOfEach) {
  ASSERT_EQ(embed({"--window", "0.5"}).exit_code, 0);
  const auto windows = search({"--text", "a dog", "-k", "100"});
  const auto videos = search({"--text", "a dog", "-k", "100", "--per-video"});
  EXPECT_GT(windows.size(), 8U);
  ASSERT_EQ(videos.size(), 3U);
  EXPECT_EQ(videos[0].at("path"), windows[0].at("path"));
  EXPECT_EQ(videos[0].at("start"), windows[0].at("start"));
}

TEST_F(StoreCommands, RunningAgainEmbedsWhatIsNewAndMarksWhatHasGone) {
  ASSERT_EQ(embed().exit_code, 0);
  draw_video(folder_ / "videos/new.mp4", 5, 12);
  fs::remove(folder_ / "videos/fade.mp4");
  const Outcome again = embed();
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_NE(again.err.find("1 to embed, 2 stored already"), std::string::npos) << again.err;
  std::vector<std::string> found;
  for (const auto& hit : search({"--text", "a dog", "-k", "9"})) found.push_back(hit.at("path"));
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, (std::vector<std::string>{folder_ / "videos/circle.mp4", folder_ / "videos/new.mp4",
                                             folder_ / "videos/square.mp4"}));
}

TEST_F(StoreCommands, AKilledRunGoesOnToTheSameBytes) {
  fs::create_directory(folder_ / "videos/more");
  for (int i = 0; i < 60; ++i) {
    draw_video(folder_ / ("videos/more/" + std::to_string(100 + i) + ".mp4"), i, 8 + i % 5);
  }
  write_text(folder_ / "videos/broken.mp4", "this is no video");
  EXPECT_EQ(embed({}, {}, "undisturbed").exit_code, 3);
  std::uintmax_t last_size = 0;  // of the journal when the run before was killed
  int kills = 0;
  for (int run = 0; run < 3; ++run) {
    const auto has_grown = [&](pid_t) { return journal_size() > last_size; };
    if (embed({}, {.kill_when = has_grown}).exit_code == 128 + 9) ++kills;
    last_size = journal_size();
  }
  embed({}, {.interrupt_when = [&](pid_t) { return journal_size() > last_size; }});
  const Outcome last = embed();
  EXPECT_EQ(last.exit_code, 3) << last.err;
  EXPECT_GT(kills, 0);
  EXPECT_EQ(content("store"), content("undisturbed"));
}

TEST_F(StoreCommands, RowsWhosePartCannotBeReadTakeThePlaceOfNoVideo) {
  const std::string videos = folder_ / "videos/";
  const std::string rows[] = {videos + "circle.mp4,,whole\n", videos + "circle.mp4,0:01,bad\n",
                              videos + "fade.mp4,0:01,bad\n", videos + "fade.mp4,0:00:01,part\n"};
  write_text(folder_ / "t.csv", "path,start,caption\n" + rows[0] + rows[1] + rows[2] + rows[3]);
  write_text(folder_ / "u.csv", "path,start,caption\n" + rows[2] + rows[3] + rows[1] + rows[0]);
  const auto embed_into = [&](const std::string& input, const std::string& output) {
    return run_tvts({"embed", input, "--pretrained", shared("model.safetensors"), "--output", folder_ / output});
  };
  for (const std::string name : {"t", "u"}) {
    EXPECT_EQ(embed_into(folder_ / (name + ".csv"), name).exit_code, 3);
    EXPECT_EQ(json_lines(read_text(folder_ / (name + "/metadata/metadata_00000.jsonl"))).size(), 2U);
    EXPECT_EQ(json_lines(read_text(folder_ / (name + "/errors.jsonl"))).size(), 2U);
    EXPECT_EQ(embed_into(folder_ / (name + "/errors.jsonl"), "again.npy").exit_code, 3);
    EXPECT_EQ(read_text(folder_ / "again.jsonl"), "");
  }
}

TEST_F(StoreCommands, AnotherModelOrOtherOptionsAreRefused) {
  ASSERT_EQ(embed().exit_code, 0);
  const auto before = content("store");
  for (const std::vector<std::string>& other : std::vector<std::vector<std::string>>{
           {"--num-frames", "3"}, {"--preprocess", "clip"}, {"--pool", "mean"}, {"--window", "1"}}) {
    const Outcome outcome = embed(other);
    EXPECT_EQ(outcome.exit_code, 4) << other[0];
    EXPECT_NE(outcome.err.find("--overwrite"), std::string::npos) << outcome.err;
  }
  ASSERT_EQ(run_tvts({"init", "--model", shared("tiny.json"), "--seed", "9", "--output", folder_ / "other"}).exit_code,
            0);
  EXPECT_EQ(embed({"--pretrained", folder_ / "other"}).exit_code, 2);  // named twice
  const Outcome other_model =
      run_tvts({"embed", folder_ / "videos", "--pretrained", folder_ / "other", "--output", folder_ / "store"});
  EXPECT_EQ(other_model.exit_code, 4);
  EXPECT_EQ(content("store"), before);
  EXPECT_EQ(embed({"--num-frames", "3", "--overwrite"}).exit_code, 0);
}

TEST_F(StoreCommands, SearchRefusesAModelThatIsNotTheStores) {
  ASSERT_EQ(embed().exit_code, 0);
  ASSERT_EQ(run_tvts({"init", "--model", shared("tiny.json"), "--seed", "9", "--output", folder_ / "other"}).exit_code,
            0);
  const Outcome outcome = run_tvts({"search", folder_ / "store", "--text", "x", "--pretrained", folder_ / "other"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_TRUE(outcome.out.empty());
  fs::copy_file(shared("model.safetensors"), folder_ / "moved");
  EXPECT_EQ(search({"--text", "x", "--pretrained", folder_ / "moved"}).size(), 3U);
}

TEST_F(StoreCommands, APageOfHitsHasAPictureOfEach) {
  ASSERT_EQ(embed().exit_code, 0);
  search({"--text", "<b>dog</b>", "--html", folder_ / "hits.html"});
  const std::string page = read_text(folder_ / "hits.html");
  std::size_t pictures = 0;
  for (std::size_t at = page.find("data:image/jpeg"); at != std::string::npos;
       at = page.find("data:image/jpeg", at + 1)) {
    ++pictures;
  }
  EXPECT_EQ(pictures, 3U);
  EXPECT_EQ(page.find("<b>dog"), std::string::npos);
}

TEST_F(StoreCommands, OverwritingWithInputsThatAllFailLeavesTheStore) {
  ASSERT_EQ(embed().exit_code, 0);
  const Outcome outcome = run_tvts({"embed", folder_ / "absent.mp4", folder_ / "gone.mp4", "--overwrite",
                                    "--pretrained", shared("model.safetensors"), "--output", folder_ / "store"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_NE(outcome.err.find("no input gave a row; " + (folder_ / "store") + " is left as it was"), std::string::npos)
      << outcome.err;
  EXPECT_EQ(search({"--text", "x"}).size(), 3U);
}

TEST_F(StoreCommands, ADamagedShardIsNamedAndEmbeddedAgain) {
  ASSERT_EQ(embed().exit_code, 0);
  fs::remove(folder_ / "store/video_emb/video_emb_00000.npy");
  const Outcome before = run_tvts({"search", folder_ / "store", "--text", "x"});
  EXPECT_EQ(before.exit_code, 4);
  EXPECT_NE(before.err.find("embeds the videos of a damaged shard again"), std::string::npos) << before.err;
  const Outcome outcome = embed();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.err.find("shard 0 is damaged and set aside in "), std::string::npos) << outcome.err;
  EXPECT_EQ(search({"--text", "x"}).size(), 3U);
}

TEST_F(StoreCommands, APageThatIsAFolderIsRefusedBeforeTheSearch) {
  ASSERT_EQ(embed().exit_code, 0);
  fs::create_directory(folder_ / "pages");
  const Outcome outcome = run_tvts({"search", folder_ / "store", "--text", "x", "--html", folder_ / "pages"});
  EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
  EXPECT_TRUE(outcome.out.empty());
  EXPECT_NE(outcome.err.find("pages is a folder"), std::string::npos) << outcome.err;
}

TEST_F(StoreCommands, AFolderThatIsNoStoreIsNeverOverwritten) {
  fs::create_directory(folder_ / "store");
  write_text(folder_ / "store/thesis.txt", "years of work");
  EXPECT_EQ(embed({"--overwrite"}).exit_code, 4);
  EXPECT_EQ(read_text(folder_ / "store/thesis.txt"), "years of work");
}

}  // namespace
}  // namespace tvts::test
