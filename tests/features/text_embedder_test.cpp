#include "tvts/features/text_embedder.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_model.h"
#include "tvts/core/error.h"
#include "tvts/features/neutral_bank.h"
#include "tvts/store/significance.h"

namespace tvts {
namespace {

using Texts = std::vector<std::string>;

double largest_difference(const at::Tensor& a, const at::Tensor& b) { return (a - b).abs().max().item<double>(); }

class TextEmbedder : public testing::Test {
 protected:
  at::Tensor embed(const Texts& texts, bool normalize = true, std::size_t batch_size = 4) {
    return embed_texts(model_, tokenizer_, texts, normalize, batch_size);
  }

  InferenceModel model_{test::tiny_model(), "cpu", Precision::kFp32};
  // Bytes alone: no merges. The context is the tiny model's.
  const Tokenizer tokenizer_{Vocabulary::from_merges(""), {.context_length = 12}};
  const Texts texts_ = {"a dog", "runs", "", "jumps high", "a cat", "swims", "caf\xe9"};
};

TEST_F(TextEmbedder, ARowIsTheModelsEmbeddingOfTheTokens) {
  const auto ids = tokenizer_.encode("a dog");
  const at::Tensor expected = model_.embed_texts(at::tensor(ids).to(at::kLong).unsqueeze(0));
  EXPECT_LT(largest_difference(embed({"a dog"}, /*normalize=*/false), expected), 1e-6);
  EXPECT_LT(largest_difference(embed({"a dog"}), l2_normalised(expected)), 1e-6);
}

TEST_F(TextEmbedder, BatchesChangeNothingButRounding) {
  const at::Tensor one = embed(texts_, true, 1);
  ASSERT_EQ(one.size(0), static_cast<int64_t>(texts_.size()));
  for (const std::size_t batch : {2, 3, 7, 100}) EXPECT_LT(largest_difference(embed(texts_, true, batch), one), 1e-6);
}

TEST_F(TextEmbedder, NoTextsGiveNoRows) { EXPECT_EQ(embed({}).sizes(), (std::vector<int64_t>{0, 24})); }

TEST_F(TextEmbedder, TellsHowManyTextsAreDoneAndStopsWhenTheListenerThrows) {
  std::vector<std::size_t> done;
  const auto listen = [&](std::size_t count) {
    done.push_back(count);
    if (count == 6) fail(ErrorKind::kInterrupted, "interrupted");
  };
  EXPECT_THROW(embed_texts(model_, tokenizer_, Texts(40, "a dog"), true, 2, listen), Error);
  EXPECT_EQ(done, (std::vector<std::size_t>{2, 4, 6}));
}

TEST_F(TextEmbedder, TheNumberOfThreadsChangesNothingButTheOrderOfTheWork) {
  const int before = at::get_num_threads();
  at::set_num_threads(1);
  const at::Tensor one = embed(texts_, true, 2);
  at::set_num_threads(3);
  EXPECT_TRUE(embed(texts_, true, 2).equal(one));
  EXPECT_EQ(at::get_num_threads(), 3);
  at::set_num_threads(before);
}

TEST_F(TextEmbedder, ALabelsWeightIsTheNormalisedMeanOverTheTemplates) {
  const at::Tensor weights = embed_labels(model_, tokenizer_, {"dog", "cat"}, {"a {}", "my {}", "{} {}"}, 4);
  const at::Tensor dog = l2_normalised(embed({"a dog", "my dog", "dog dog"}).mean(0));
  const at::Tensor cat = l2_normalised(embed({"a cat", "my cat", "cat cat"}).mean(0));
  EXPECT_LT(largest_difference(weights, at::stack({dog, cat})), 1e-6);
}

TEST_F(TextEmbedder, ALabelMayHoldBracesItself) {
  const at::Tensor weights = embed_labels(model_, tokenizer_, {"a{}b"}, {"x {}"}, 4);
  EXPECT_LT(largest_difference(weights, embed({"x a{}b"})), 1e-6);
}

TEST_F(TextEmbedder, ATemplateWithoutAPlaceForTheLabelIsAMistake) {
  EXPECT_THROW(embed_labels(model_, tokenizer_, {"dog"}, {"a {}", "a person"}, 4), Error);
}

TEST_F(TextEmbedder, TheNeutralBankHasARowALineAndTheFilesHash) {
  const test::TemporaryFolder folder;
  const NeutralBank bank = embed_neutral_bank(model_, tokenizer_, folder.add("texts.txt", "a dog\nruns\n"));
  EXPECT_LT(largest_difference(bank.features, embed({"a dog", "runs"})), 1e-6);
  EXPECT_EQ(bank.sha256.size(), 64U);
  EXPECT_NE(bank.sha256, embed_neutral_bank(model_, tokenizer_, folder.add("texts.txt", "a dog\n")).sha256);
}

TEST_F(TextEmbedder, RowsStatisticsAreThoseOfTheirDirectionAlone) {
  const test::TemporaryFolder folder;
  const NeutralBank bank = embed_neutral_bank(model_, tokenizer_, folder.add("texts.txt", "a dog\nruns\na cat\n"));
  const at::Tensor unit = embed({"swims"})[0];
  const std::vector<float> values(unit.const_data_ptr<float>(), unit.const_data_ptr<float>() + unit.numel());
  std::vector<float> longer = values;
  for (float& value : longer) value *= 4;
  std::vector<EmbeddedRow> rows = {{.embedding = values, .info = {}}, {.embedding = longer, .info = {}}};
  add_statistics(rows, bank);
  const at::Tensor scores = at::matmul(bank.features, unit).to(at::kDouble);
  for (const EmbeddedRow& row : rows) {
    ASSERT_TRUE(row.info.neutral);
    EXPECT_NEAR(row.info.neutral->mean, scores.mean().item<double>(), 1e-6);
    EXPECT_NEAR(row.info.neutral->deviation, scores.std().item<double>(), 1e-6);
  }
  EXPECT_EQ(rows[1].embedding, longer);
}

}  // namespace
}  // namespace tvts
