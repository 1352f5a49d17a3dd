// tvts init, convert and inspect.
#include <filesystem>

#include "tests/cli/cli_fixture.h"

namespace tvts::test {
namespace {

using ModelCommands = CliTest;

TEST_F(ModelCommands, InitGivesTheSameBytesForASeedAndOthersForAnother) {
  for (const auto& [seed, name] : {std::pair{"7", "again"}, {"8", "other"}}) {
    const Outcome outcome =
        run_tvts({"init", "--model", shared("tiny.json"), "--seed", seed, "--output", folder_ / name});
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  }
  EXPECT_EQ(read_text(shared("model.safetensors")), read_text(folder_ / "again"));
  EXPECT_NE(read_text(shared("model.safetensors")), read_text(folder_ / "other"));
}

TEST_F(ModelCommands, InitSaysWhichKeyOfAConfigItDoesNotKnow) {
  write_text(folder_ / "bad.json", R"({"name": "x", "embed_dimm": 3})");
  const Outcome outcome = run_tvts({"init", "--model", folder_ / "bad.json", "--output", folder_ / "m"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_NE(outcome.err.find("embed_dim"), std::string::npos) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(folder_ / "m"));
}

TEST_F(ModelCommands, InitLeavesNothingBehindWhereItCannotWrite) {
  const Outcome outcome = run_tvts({"init", "--model", shared("tiny.json"), "--output", folder_ / "no/such/m"});
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

TEST_F(ModelCommands, ConvertingAModelOfOursKeepsItsTensors) {
  const Outcome outcome =
      run_tvts({"convert", "--pretrained", shared("model.safetensors"), "--output", folder_ / "m.safetensors"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(read_text(shared("model.safetensors")), read_text(folder_ / "m.safetensors"));
}

TEST_F(ModelCommands, ConvertStatesThePreprocessingThatItIsTold) {
  const std::string mended = folder_ / "mended.safetensors";
  const Outcome outcome =
      run_tvts({"convert", "--pretrained", shared("model.safetensors"), "--preprocess", "clip", "--output", mended});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto stated = json_lines(run_tvts({"inspect", mended, "--json"}).out).at(0);
  EXPECT_EQ(stated["preprocess"], "clip");
  EXPECT_EQ(run_tvts({"convert", "--pretrained", mended, "--preprocess", "imagenet", "--output", mended}).exit_code, 2);
}

TEST_F(ModelCommands, AModelThatContradictsTheAskedOneNamesBoth) {
  const Outcome outcome = run_tvts({"convert", "--model", "ViT-B-32", "--pretrained", shared("model.safetensors"),
                                    "--output", folder_ / "m.safetensors"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_NE(outcome.err.find("ViT-B-32"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("tiny"), std::string::npos) << outcome.err;
  EXPECT_FALSE(std::filesystem::exists(folder_ / "m.safetensors"));
}

TEST_F(ModelCommands, AStatedActivationIsOneThatThereIsAndThatOfAFileOfOurs) {
  const auto convert = [&](const std::vector<std::string>& stated) {
    std::vector<std::string> arguments = {"convert", "--pretrained", shared("model.safetensors"), "--output",
                                          folder_ / "m.safetensors"};
    arguments.insert(arguments.end(), stated.begin(), stated.end());
    return run_tvts(arguments);
  };
  EXPECT_EQ(convert({"--activation", "quick_gelu", "--special-tokens", "openai"}).exit_code, 0);
  const Outcome other = convert({"--activation", "gelu"});
  EXPECT_EQ(other.exit_code, 4);
  EXPECT_NE(other.err.find("states the activation quick_gelu"), std::string::npos) << other.err;
  EXPECT_EQ(convert({"--activation", "relu"}).exit_code, 2);
  EXPECT_EQ(convert({"--special-tokens", "bert"}).exit_code, 2);
  EXPECT_EQ(convert({"--activation", "gelu", "--model", "ViT-B-32-quickgelu"}).exit_code, 2);
}

TEST_F(ModelCommands, ForTrainingAddsASortHead) {
  const Outcome convert = run_tvts({"convert", "--pretrained", shared("model.safetensors"), "--for-training", "--seed",
                                    "3", "--output", folder_ / "t.safetensors"});
  ASSERT_EQ(convert.exit_code, 0) << convert.err;
  const Outcome inspect = run_tvts({"inspect", folder_ / "t.safetensors"});
  EXPECT_NE(inspect.out.find("pred_model.type_embed"), std::string::npos) << inspect.out;
}

TEST_F(ModelCommands, InspectCountsParametersWithAndWithoutTemporalAttention) {
  const auto model = json_lines(run_tvts({"inspect", shared("model.safetensors"), "--json"}).out).at(0);
  int64_t total = 0, temporal = 0;
  for (const auto& tensor : model.at("tensors")) {
    int64_t count = 1;
    for (const int64_t size : tensor.at("shape")) count *= size;
    total += count;
    const std::string name = tensor.at("name");
    const bool in_time = name.find("timeattn") != std::string::npos || name.find("ln_3") != std::string::npos;
    temporal += in_time ? count : 0;
  }
  EXPECT_EQ(model.at("parameters"), total);
  EXPECT_EQ(model.at("parameters_without_temporal_attention"), total - temporal);
  EXPECT_EQ(model.at("config").at("video").at("num_frames"), 4);
}

TEST_F(ModelCommands, InspectCallsADamagedModelAModel) {
  for (const char* name : {"empty.safetensors", "empty.pth"}) {
    const Outcome outcome = run_tvts({"inspect", folder_.add(name, "")});
    EXPECT_EQ(outcome.exit_code, 4);
    EXPECT_NE(outcome.err.find("is no model file (0 bytes)"), std::string::npos) << outcome.err;
  }
  const Outcome outcome = run_tvts({"inspect", folder_.add("zeros.safetensors", std::string(100, '\0'))});
  EXPECT_EQ(outcome.err.find("video"), std::string::npos) << outcome.err;
}

TEST_F(ModelCommands, AnOutputThatIsAFolderIsRefusedBeforeTheWork) {
  std::filesystem::create_directory(folder_ / "models");
  for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
           {"convert", "--pretrained", folder_ / "absent.pth"}, {"init", "--model", folder_ / "absent.json"}}) {
    std::vector<std::string> arguments = command;
    arguments.insert(arguments.end(), {"--output", folder_ / "models"});
    const Outcome outcome = run_tvts(arguments);
    EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
    EXPECT_NE(outcome.err.find("models is a folder; expected the name of a file"), std::string::npos) << outcome.err;
  }
}

TEST_F(ModelCommands, InspectShowsTheFramesOfAVideoThatWouldBeUsed) {
  const auto video = json_lines(run_tvts({"inspect", shared("videos/circle.mp4"), "--json"}).out).at(0);
  EXPECT_EQ(video.at("frames_found"), 24);
  std::vector<int64_t> indices;
  for (const auto& frame : video.at("clips").at(0).at("frames")) indices.push_back(frame.at("index"));
  EXPECT_EQ(indices, (std::vector<int64_t>{0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22}));  // the middles of [2k, 2k + 2)
}

}  // namespace
}  // namespace tvts::test
