#include "tvts/model/weights/model_json.h"

#include <gtest/gtest.h>

#include "tests/support/error_text.h"

namespace tvts {
namespace {

using test::contains;
using test::error_text;

TEST(ModelJson, TheConfigFilesAreThePublishedModels) {
  for (const std::string& name : model_names()) {
    EXPECT_EQ(read_config_file(TVTS_SOURCE_DIR "/configs/model/" + name + ".json"), named_model(name)) << name;
  }
}

TEST(ModelJson, ReadsWhatItWrites) {
  ModelConfig config = named_model("ViT-H-14");
  config.name = "a \"small\" one";
  config.video = {.width = 80, .layers = 3, .heads = 1, .patch_size = 7, .image_size = 21, .num_frames = 5};
  EXPECT_EQ(config_from_json(config_to_json(config), "c"), config);
}

TEST(ModelJson, NamesTheNearestKeyOfAnUnknownOne) {
  EXPECT_TRUE(contains(error_text([] { config_from_json(R"({"video": {"patchsize": 3}})", "c.json"); }),
                       "c.json: unknown key 'video.patchsize'; the nearest one is 'video.patch_size'"));
  EXPECT_TRUE(contains(error_text([] { config_from_json(R"({"activations": "gelu"})", "c"); }), "'activation'"));
}

TEST(ModelJson, NamesTheFieldWithAWrongValue) {
  EXPECT_TRUE(contains(error_text([] { config_from_json(R"({"video": {"width": "768"}})", "c"); }), "c: video.width"));
  EXPECT_TRUE(contains(error_text([] { config_from_json(R"({"video": {"width": 1.5}})", "c"); }), "c: video.width"));
  EXPECT_TRUE(contains(error_text([] { config_from_json(R"({"kind": "C"})", "c"); }), "B or H"));
  EXPECT_TRUE(contains(error_text([] { config_from_json(R"({"text": {"heads": 7}})", "c"); }), "text.heads"));
  EXPECT_TRUE(contains(error_text([] { config_from_json("{", "c"); }), "c: found no JSON (line 1, column 2"));
  EXPECT_TRUE(contains(error_text([] { config_from_json("[]", "c"); }), "JSON object"));
}

ModelSpec some_spec() {
  ModelSpec spec;
  spec.config = named_model("ViT-H-14");
  spec.preprocess = Preprocess::kClip;
  spec.preprocess_basis = PreprocessBasis::kRun;
  spec.pool = Pool::kMean;
  spec.tokenizer = {SpecialTokens::kOpenClip, "i n\nt h\n"};
  spec.origin = "init seed 7";
  spec.notice = "knows \"nothing\"";
  return spec;
}

TEST(ModelJson, AModelFileStatesItsWholeSpec) {
  EXPECT_EQ(spec_from_metadata(spec_to_metadata(some_spec()), "m"), some_spec());
}

TEST(ModelJson, AnotherVersionIsRefusedWithCauseAndCure) {
  Metadata metadata = spec_to_metadata(some_spec());
  metadata["format"] = "tvts-model-2";
  EXPECT_TRUE(is_model_metadata(metadata));
  const std::string error = error_text([&] { spec_from_metadata(metadata, "m"); });
  EXPECT_TRUE(contains(error, "tvts-model-2") && contains(error, "update tvts")) << error;
}

TEST(ModelJson, NamesAMissingMetadataKey) {
  Metadata metadata = spec_to_metadata(some_spec());
  metadata.erase("preprocess");
  EXPECT_TRUE(contains(error_text([&] { spec_from_metadata(metadata, "m"); }), "lacks 'preprocess'"));
}

TEST(ModelJson, AFileOfAnEarlierVersionDoesNotSayWhoStatesItsPreprocessing) {
  Metadata metadata = spec_to_metadata(some_spec());
  metadata.erase("preprocess_by");
  EXPECT_EQ(spec_from_metadata(metadata, "m").preprocess_basis, PreprocessBasis::kOrigin);
  metadata["preprocess_by"] = "somebody";
  EXPECT_TRUE(contains(error_text([&] { spec_from_metadata(metadata, "m"); }), "expected run or user"));
}

TEST(ModelJson, ANoticeThatCouldSteerATerminalIsRefused) {
  Metadata metadata = spec_to_metadata(some_spec());
  for (const std::string& notice : {std::string("a\nb"), std::string("\x1b[2J"), std::string(501, 'a')}) {
    metadata["notice"] = notice;
    EXPECT_TRUE(contains(error_text([&] { spec_from_metadata(metadata, "m"); }), "metadata 'notice'"));
  }
}

TEST(ModelJson, ForeignMetadataIsNotOurs) {
  EXPECT_FALSE(is_model_metadata({{"format", "pt"}}));
  EXPECT_FALSE(is_model_metadata({}));
}

}  // namespace
}  // namespace tvts
