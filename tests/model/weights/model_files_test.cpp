// Models in several files: a folder with an index and its parts.
#include "tvts/model/weights/model_files.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/model/weights/written_model.h"
#include "tests/support/error_text.h"
#include "tests/support/temporary_folder.h"
#include "tvts/model/weights/model_state.h"

namespace tvts {
namespace {

using test::contains;
using test::error_text;

// Hugging Face's layout: every other tensor in the second part.
class ShardedModel : public testing::Test {
 protected:
  ShardedModel() {
    std::vector<TensorEntry> parts[2];
    std::string map;
    for (const TensorEntry& entry : test::entries_of(Family::kHuggingFaceClip)) {
      const std::size_t part = parts[0].size() > parts[1].size() ? 1 : 0;
      parts[part].push_back(entry);
      map += (map.empty() ? "\"" : ", \"") + entry.name + "\": \"" + kParts[part] + "\"";
    }
    for (const std::size_t part : {0, 1}) {
      std::filesystem::rename(test::write_zeros(parts[part]), folder_ / kParts[part]);
    }
    index_ = folder_.add("model.safetensors.index.json", "{\"metadata\": {}, \"weight_map\": {" + map + "}}");
    folder_.add("config.json",
                R"({"model_type": "clip", "vision_config": {"hidden_act": "gelu", "num_attention_heads": 2},
                                   "text_config": {"hidden_act": "gelu", "num_attention_heads": 4}})");
  }
  std::string error(const std::string& path) const {
    return error_text([&] { read_checkpoint(path); });
  }

  const std::array<std::string, 2> kParts = {"model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"};
  test::TemporaryFolder folder_;
  std::string index_;
};

TEST_F(ShardedModel, IsReadFromItsFolderOrItsIndex) {
  for (const std::string& path : {folder_.path(), index_}) {
    const ModelState state = open_model_state(path, {});
    EXPECT_EQ(state.path, index_);
    EXPECT_EQ(state.files.size(), 2U);
    EXPECT_EQ(state.spec.config.activation, Activation::kGelu);
    EXPECT_EQ(state.spec.config.text.heads, 4);
    EXPECT_TRUE(state.warnings.empty());
  }
}

TEST_F(ShardedModel, OnePartIsRefusedWithWhatToGive) {
  const std::string text = error(folder_ / kParts[0]);
  EXPECT_TRUE(contains(text, "is part 1 of 2 of a model in several files; give the folder")) << text;
}

TEST_F(ShardedModel, APartThatIsMissingIsNamed) {
  std::filesystem::remove(folder_ / kParts[1]);
  EXPECT_TRUE(contains(error(folder_.path()), kParts[1] + " is not beside it"));
}

TEST_F(ShardedModel, AnIndexLeadsNowhereElse) {
  for (const char* part : {"../m.safetensors", "/m.safetensors", "", ".."}) {
    folder_.add("model.safetensors.index.json", std::string(R"({"weight_map": {"w": ")") + part + "\"}}");
    EXPECT_TRUE(contains(error(folder_.path()), "expected the name of a file beside it")) << part;
  }
  for (const char* text : {"{", "[]", "{}", R"({"weight_map": []})"}) {
    folder_.add("model.safetensors.index.json", text);
    EXPECT_TRUE(contains(error(folder_.path()), "is no index of a model's parts")) << text;
  }
}

TEST(ModelFiles, FoldersOfOtherKindsAreNamed) {
  for (const auto& [file, word] : {std::pair{"adapter_config.json", "an adapter"},
                                   {"zero_to_fp32.py", "DeepSpeed"},
                                   {"model_index.json", "diffusers"},
                                   {"unknown", "holds no model; looked for model.safetensors"}}) {
    const test::TemporaryFolder folder;
    folder.add(file);
    EXPECT_TRUE(contains(error_text([&] { model_files(folder.path()); }), word)) << file;
  }
}

}  // namespace
}  // namespace tvts
