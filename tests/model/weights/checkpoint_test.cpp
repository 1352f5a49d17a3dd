#include "tvts/model/weights/checkpoint.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/model/weights/made_files.h"
#include "tests/support/error_text.h"
#include "tvts/core/whole_file.h"
#include "tvts/model/weights/names.h"
#include "tvts/model/weights/sha256.h"

namespace tvts {
namespace {

using test::contains;
using test::error_text;

class CheckpointFiles : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = test::made_files();
    TVTS_NEEDS_MADE_FILES(folder_);
  }
  Checkpoint read(const std::string& name) const { return read_checkpoint(folder_ + "/" + name); }
  std::string error(const std::string& name) const {
    return error_text([&] { read(name); });
  }
  std::string folder_;
};

TEST_F(CheckpointFiles, AreToldApartByContent) {
  EXPECT_EQ(read("released.pth").form, CheckpointForm::kTorchSave);
  EXPECT_EQ(read("openai.pt").form, CheckpointForm::kTorchScript);
  EXPECT_EQ(read("bare.safetensors").form, CheckpointForm::kSafetensors);
  const std::string renamed = test::scratch_folder() + "/model.jpg";
  std::filesystem::copy_file(folder_ + "/openai.pt", renamed);
  EXPECT_EQ(read_checkpoint(renamed).form, CheckpointForm::kTorchScript);
}

TEST_F(CheckpointFiles, HoldNothingButTheStateDict) {
  const Checkpoint released = read("released.pth");
  EXPECT_NE(released.find("video_model.conv1.weight"), nullptr);
  EXPECT_EQ(released.find("module.video_model.conv1.weight"), nullptr);
  for (const NamedTensor& tensor : released.tensors) {
    EXPECT_TRUE(tensor.name.starts_with("video_model.") || tensor.name.starts_with("text_") ||
                tensor.name.starts_with("pred_model."));
  }
}

TEST_F(CheckpointFiles, AreViewsOfTheMappedFile) {
  const Checkpoint checkpoint = read("bare.pth");
  const Bytes bytes = checkpoint.files.at(0)->bytes();
  for (const NamedTensor& tensor : checkpoint.tensors) {
    EXPECT_GE(tensor.view.storage.data(), bytes.data());
    EXPECT_LE(tensor.view.storage.data() + tensor.view.storage.size(), bytes.data() + bytes.size());
  }
}

TEST_F(CheckpointFiles, HaveAFamily) {
  EXPECT_EQ(family_of(read("released.pth")), Family::kTvtsv2);
  EXPECT_EQ(family_of(read("openai.pt")), Family::kOpenAiClip);
  EXPECT_EQ(family_of(read("openai_state.pt")), Family::kOpenAiClip);
  EXPECT_EQ(family_of(read("open_clip.pt")), Family::kOpenClip);
  EXPECT_EQ(family_of(read("open_clip.safetensors")), Family::kOpenClip);
  EXPECT_EQ(family_of(read("open_clip_custom.bin")), Family::kOpenClipCustom);
  EXPECT_EQ(family_of(read("hugging_face")), Family::kHuggingFaceClip);
}

TEST_F(CheckpointFiles, MayStandInAFolderWithAConfig) {
  EXPECT_TRUE(contains(read("hugging_face").path, "/model.safetensors"));
  EXPECT_TRUE(contains(read("hugging_face").neighbour_config, "hidden_act"));
  EXPECT_TRUE(contains(read("open_clip_folder/open_clip_pytorch_model.bin").neighbour_config, "quick_gelu"));
  EXPECT_EQ(read("open_clip.pt").neighbour_config, "");
}

TEST_F(CheckpointFiles, ThatAreNotReadSayWhy) {
  EXPECT_TRUE(contains(error("legacy.pth"), "before 1.6"));
  EXPECT_TRUE(contains(error("big_endian.pth"), "byte order"));
  EXPECT_TRUE(contains(error("compressed.pth"), "is compressed"));
  EXPECT_TRUE(contains(error("no_state_dict.pth"), "without a state dict"));
}

TEST(Checkpoint, SaysWhatAFileIsNot) {
  const std::string folder = test::scratch_folder();
  write_whole_file(folder + "/text", "this is no model");
  write_whole_file(folder + "/empty", "");
  EXPECT_TRUE(contains(error_text([&] { read_checkpoint(folder + "/text"); }), "is no model file"));
  EXPECT_TRUE(contains(error_text([&] { read_checkpoint(folder + "/empty"); }), "0 bytes"));
  EXPECT_TRUE(contains(error_text([&] { read_checkpoint(folder + "/absent"); }), "cannot open"));
  EXPECT_TRUE(contains(error_text([&] { read_checkpoint(folder); }), "looked for model.safetensors"));
}

TEST(Sha256, IsThatOfTheStandard) {
  const std::string text = "abc", path = test::scratch_folder() + "/abc";
  EXPECT_EQ(sha256_hex(std::as_bytes(std::span(text))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex({}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  write_whole_file(path, text);
  EXPECT_EQ(sha256_of_file(path), sha256_hex(std::as_bytes(std::span(text))));
}

}  // namespace
}  // namespace tvts
