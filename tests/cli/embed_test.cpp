// tvts embed into one file.
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "tests/cli/cli_fixture.h"
#include "tvts/core/npy.h"

namespace tvts::test {
namespace {

class EmbedCommand : public CliTest {
 protected:
  // tvts embed ARGUMENTS --pretrained model --output v.npy
  Outcome embed(std::vector<std::string> arguments, const RunOptions& options = {}) {
    arguments.insert(arguments.begin(), "embed");
    arguments.insert(arguments.end(), {"--pretrained", shared("model.safetensors"), "--output", folder_ / "v.npy"});
    return run_tvts(arguments, options);
  }
  std::vector<float> values() { return to_float32(read_npy(folder_ / "v.npy"), "v.npy"); }
  std::vector<int64_t> shape() { return read_npy(folder_ / "v.npy").shape; }
  std::vector<nlohmann::json> rows() { return json_lines(read_text(folder_ / "v.jsonl")); }
  std::vector<nlohmann::json> errors() { return json_lines(read_text(folder_ / "v.errors.jsonl")); }
};

TEST_F(EmbedCommand, RowsStandInTheOrderGivenWithALineEach) {
  const Outcome outcome = embed({shared("videos/square.mp4"), shared("videos/circle.mp4")});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(outcome.out.empty());
  EXPECT_EQ(shape(), (std::vector<int64_t>{2, 32}));
  ASSERT_EQ(rows().size(), 2U);
  EXPECT_EQ(rows()[0].at("path"), shared("videos/square.mp4"));
  EXPECT_EQ(rows()[1].at("path"), shared("videos/circle.mp4"));
  EXPECT_EQ(rows()[1].at("frame_pts").size(), 4U);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "v.errors.jsonl"));
}

TEST_F(EmbedCommand, RowsHaveLengthOneUnlessTold) {
  ASSERT_EQ(embed({shared("videos")}).exit_code, 0);
  const auto length = [](const std::vector<float>& row) {
    double sum = 0;
    for (std::size_t i = 0; i < 32; ++i) sum += static_cast<double>(row[i]) * row[i];
    return std::sqrt(sum);
  };
  EXPECT_NEAR(length(values()), 1, 1e-6);
  ASSERT_EQ(embed({shared("videos"), "--no-normalize"}).exit_code, 0);
  EXPECT_GT(std::abs(length(values()) - 1), 1e-3);
}

TEST_F(EmbedCommand, AFolderAListATableAndStandardInputGiveTheSameRows) {
  ASSERT_EQ(embed({shared("videos")}).exit_code, 0);
  const std::vector<float> expected = values();
  std::string list, table = "caption,path\n";
  for (const char* name : {"circle", "fade", "square"}) {
    list += shared(std::string("videos/") + name + ".mp4") + "\n";
    table += std::string("\"a ") + name + "\"," + shared(std::string("videos/") + name + ".mp4") + "\n";
  }
  write_text(folder_ / "list.txt", list);
  write_text(folder_ / "table.csv", table);
  for (const std::vector<std::string>& input :
       std::vector<std::vector<std::string>>{{folder_ / "list.txt"}, {folder_ / "table.csv"}, {"-"}}) {
    const Outcome outcome = embed(input, {.standard_input = list});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(values(), expected) << input[0];
  }
  ASSERT_EQ(embed({folder_ / "table.csv"}).exit_code, 0);
  EXPECT_EQ(rows()[0].at("caption"), "a circle");
}

TEST_F(EmbedCommand, AFailedVideoHasNoRowAndItsErrorFileIsTheNextInput) {
  write_text(folder_ / "broken.mp4", "this is no video");
  const Outcome outcome = embed({shared("videos/circle.mp4"), folder_ / "broken.mp4", folder_ / "absent.mp4"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_EQ(rows().size(), 1U);
  ASSERT_EQ(errors().size(), 2U);
  EXPECT_EQ(errors()[1].at("error_message"), folder_ / "absent.mp4: No such file or directory");
  EXPECT_EQ(errors()[0].at("path"), folder_ / "broken.mp4");
  EXPECT_FALSE(errors()[0].at("error_message").get<std::string>().empty());

  std::filesystem::copy_file(shared("videos/fade.mp4"), folder_ / "broken.mp4",
                             std::filesystem::copy_options::overwrite_existing);
  std::filesystem::copy_file(folder_ / "v.errors.jsonl", folder_ / "again.jsonl");
  const Outcome again = embed({folder_ / "again.jsonl"});
  EXPECT_EQ(again.exit_code, 3) << again.err;
  ASSERT_EQ(rows().size(), 1U);
  EXPECT_EQ(rows()[0].at("path"), folder_ / "broken.mp4");
  EXPECT_EQ(errors().size(), 1U);
}

TEST_F(EmbedCommand, OfOneInputThatFailsTheReasonAloneIsSaid) {
  ASSERT_EQ(run_tvts({"embed", shared("videos"), "--output", folder_ / "store"}).exit_code, 0);
  write_text(folder_ / "broken.mp4", "this is no video");
  const std::string broken = folder_ / "broken.mp4";
  for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
           {"embed", broken, "--output", folder_ / "one.npy"},  // by the small model, which has a notice
           {"classify", broken, "--labels", shared("labels.txt")},
           {"attend", broken, "--output", folder_ / "map.png"},
           {"search", folder_ / "store", "--video", broken}}) {
    const Outcome outcome = run_tvts(command);
    EXPECT_NE(outcome.exit_code, 0);
    EXPECT_EQ(lines_of(outcome.err).size(), 1U) << outcome.err;
    EXPECT_NE(outcome.err.find(broken + ": "), std::string::npos) << outcome.err;
  }
  const Outcome outcome = run_tvts({"embed", shared("videos/circle.mp4"), "--output", folder_ / "one.npy"});
  EXPECT_NE(outcome.err.find("small synthetic world"), std::string::npos)
      << "of one that succeeds all is said: " << outcome.err;
}

TEST_F(EmbedCommand, ARunThatGivesNoRowLeavesTheOutputAsItWas) {
  const std::string output = folder_ / "kept.npy";
  ASSERT_EQ(run_tvts({"embed", shared("videos"), "--output", output}).exit_code, 0);
  const std::string before = read_text(output);
  const Outcome outcome = run_tvts({"embed", folder_ / "absent", folder_ / "gone", "--output", output});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_NE(outcome.err.find("is left as it was"), std::string::npos) << outcome.err;
  EXPECT_TRUE(read_text(output) == before);
}

TEST_F(EmbedCommand, WindowsGiveARowEachAndDropAShortLastOne) {
  ASSERT_EQ(embed({shared("videos/circle.mp4"), "--window", "1", "--stride", "1"}).exit_code, 0);  // 2.4 s
  ASSERT_EQ(rows().size(), 2U);
  EXPECT_EQ(rows()[1].at("start"), 1.0);
  EXPECT_EQ(rows()[1].at("end"), 2.0);
  for (const double time : rows()[1].at("frame_pts")) EXPECT_TRUE(time >= 1.0 && time < 2.0) << time;
}

TEST_F(EmbedCommand, BatchesAndWorkersChangeNothingButRounding) {
  ASSERT_EQ(embed({shared("videos"), "--window", "0.5"}).exit_code, 0);
  const std::vector<float> one = values();
  ASSERT_EQ(embed({shared("videos"), "--window", "0.5", "--batch_size", "3", "--workers=2"}).exit_code, 0);
  const std::vector<float> three = values();
  ASSERT_EQ(one.size(), three.size());
  for (std::size_t i = 0; i < one.size(); ++i) EXPECT_NEAR(one[i], three[i], 1e-5);
}

TEST_F(EmbedCommand, TextsGiveARowALineTheEmptyOnesToo) {
  write_text(folder_ / "texts.txt", "a dog begs\n\na dog begs\n");
  const Outcome outcome = embed({"--texts", folder_ / "texts.txt"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(shape(), (std::vector<int64_t>{3, 32}));
  const std::vector<float> all = values();
  EXPECT_TRUE(std::equal(all.begin(), all.begin() + 32, all.begin() + 64));
  EXPECT_FALSE(std::equal(all.begin(), all.begin() + 32, all.begin() + 32));
  EXPECT_EQ(rows()[0].at("text"), "a dog begs");
}

TEST_F(EmbedCommand, TokensAreWrittenBesideTheRows) {
  ASSERT_EQ(embed({shared("videos/circle.mp4"), "--tokens", "--no-normalize"}).exit_code, 0);
  const std::string tokens = rows()[0].at("tokens");
  EXPECT_TRUE(tokens.starts_with("v.tokens/"));
  EXPECT_TRUE(std::filesystem::exists(folder_ / tokens));
}

TEST_F(EmbedCommand, OptionsThatMakeNoSenseAreRefused) {
  for (const std::vector<std::string>& wrong : std::vector<std::vector<std::string>>{{"--num-frames", "5"},
                                                                                     {"--stride", "2"},
                                                                                     {"--pool", "max"},
                                                                                     {"--precision", "fp4"},
                                                                                     {"--device", "warp"},
                                                                                     {"--batch-size", "0"},
                                                                                     {"--batch-size", "-1"},
                                                                                     {"--workers", "-1"},
                                                                                     {"--memory-budget", "-1"},
                                                                                     {"--time-budget", "nan"},
                                                                                     {"--preprocess", "none"},
                                                                                     {"--window", "-1"},
                                                                                     {"--window", "nan"},
                                                                                     {"--window", "1e-9"},
                                                                                     {"--window", "0"},
                                                                                     {"--window", "1", "--stride", "0"},
                                                                                     {"--device", "meta"},
                                                                                     {"--resume"}}) {
    std::vector<std::string> arguments = {shared("videos"), "--quiet"};
    arguments.insert(arguments.end(), wrong.begin(), wrong.end());
    const Outcome outcome = embed(arguments);
    EXPECT_EQ(outcome.exit_code, 2) << wrong[0] << ": " << outcome.err;
    EXPECT_EQ(lines_of(outcome.err).size(), 1U) << outcome.err;
  }
}

TEST_F(EmbedCommand, AnOutputOfAnotherFormIsRefused) {
  const Outcome outcome = run_tvts(
      {"embed", shared("videos"), "--pretrained", shared("model.safetensors"), "--output", folder_ / "v.safetensors"});
  EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(EmbedCommand, AnOutputThatIsAFolderIsRefused) {
  std::filesystem::create_directory(folder_ / "v.npy");
  const Outcome outcome = embed({shared("videos")});
  EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
  EXPECT_NE(outcome.err.find("v.npy is a folder; expected the name of a file"), std::string::npos) << outcome.err;
}

TEST_F(EmbedCommand, AGpuThatIsNotThereIsOneSentence) {
  const Outcome outcome = embed({shared("videos"), "--device", "cuda:77"});
  EXPECT_EQ(outcome.exit_code, 2);
  ASSERT_EQ(lines_of(outcome.err).size(), 1U) << outcome.err;
  EXPECT_NE(outcome.err.find("device 'cuda:77' cannot be used: this "), std::string::npos) << outcome.err;
  EXPECT_EQ(outcome.err.find("aten"), std::string::npos) << outcome.err;
}

TEST_F(EmbedCommand, TextsThatAreCutAreCountedInOneWarning) {
  std::string words;
  for (int i = 0; i < 100; ++i) words += "dog ";
  const std::string texts = folder_.add("t.txt", "a dog\n" + words + "\n" + words + "\n");
  const Outcome outcome = embed({"--texts", texts});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.err.find(texts + ": 2 of 3 texts are longer than the "), std::string::npos) << outcome.err;
  EXPECT_EQ(embed({"--texts", folder_.add("s.txt", "a dog\n")}).err.find("longer"), std::string::npos);
}

TEST_F(EmbedCommand, TextsThatAreAVideoAreRefused) {
  const Outcome outcome = embed({"--texts", shared("videos/circle.mp4")});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_NE(outcome.err.find("circle.mp4 is no text"), std::string::npos) << outcome.err;
}

// A file there that the process has open, with a name or without.
bool writes_in(pid_t process, const std::string& folder) {
  std::error_code gone;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/" + std::to_string(process) + "/fd", gone)) {
    if (std::filesystem::read_symlink(entry.path(), gone).native().starts_with(folder)) return true;
  }
  return false;
}

std::string long_list(const std::string& video) {
  std::string list;
  for (int i = 0; i < 20000; ++i) list += video + "\n";
  return list;
}

TEST_F(EmbedCommand, AnInterruptedRunLeavesNoFileBehind) {
  const auto writes = [&](pid_t process) { return writes_in(process, folder_.path()); };
  const Outcome outcome =
      embed({"-"}, {.standard_input = long_list(shared("videos/circle.mp4")), .interrupt_when = writes});
  EXPECT_EQ(outcome.exit_code, 130) << outcome.err;
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

}  // namespace
}  // namespace tvts::test
