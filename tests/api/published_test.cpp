#include "tvts/api/published.h"

#include <gtest/gtest.h>

namespace tvts::test {
namespace {

TEST(ApiPublished, ModelsAreNamedAndTheirTokenizersAreClips) {
  for (const std::string& name : api::model_names()) {
    EXPECT_EQ(api::Tokenizer::of_model(name).context_length(), 77) << name;
  }
  const api::Tokenizer tokenizer = api::Tokenizer::of_model("ViT-B-32");
  EXPECT_EQ(tokenizer.vocab_size(), 49408);
  const std::vector<std::string> texts = {"a dog", "hello world"};
  const auto ids = tokenizer.encode(texts);
  ASSERT_EQ(ids.size(), 2 * 77U);
  EXPECT_EQ(std::vector(ids.begin(), ids.begin() + 5), (std::vector<std::int64_t>{49406, 320, 1929, 49407, 0}));
  EXPECT_EQ(ids[78], 3306);
  EXPECT_THROW(api::Tokenizer::of_model("ViT-Z"), Error);
}

TEST(ApiPublished, ATextIsCutToTheLengthAndTheEndIsKept) {
  const std::vector<std::string> text = {"one two three four five six"};
  const auto ids = api::Tokenizer::of_length(4).encode(text);
  ASSERT_EQ(ids.size(), 4U);
  EXPECT_EQ(ids.back(), 49407);
  EXPECT_THROW(api::Tokenizer::of_length(1), Error);
}

}  // namespace
}  // namespace tvts::test
