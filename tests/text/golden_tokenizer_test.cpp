// The ids of the published tokenizers (tests/golden/tokenizer.jsonl).
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/golden_folder.h"
#include "tests/text/clip_vocabulary.h"
#include "tvts/text/tokenizer.h"

namespace tvts {
namespace {

// Compares every line, in the ids that `key` names, or in "ids" where a line has no such key.
void expect_golden_ids(SpecialTokens special_tokens, const std::string& key) {
  TVTS_NEEDS_GOLDEN("tokenizer.jsonl");
  TVTS_SKIP_WITHOUT_VOCABULARY;
  const auto about = nlohmann::json::parse(std::ifstream(test::golden_file("tokenizer.json")));
  const Tokenizer tokenizer(test::clip_vocabulary(), {about.at("context").get<int64_t>(), special_tokens});
  EXPECT_EQ(tokenizer.start_id(), about.at("start").get<int64_t>());
  EXPECT_EQ(tokenizer.end_id(), about.at("end").get<int64_t>());
  std::ifstream lines(test::golden_file("tokenizer.jsonl"));
  int64_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    const auto row = nlohmann::json::parse(line);
    const auto& expected = row.contains(key) ? row.at(key) : row.at("ids");
    EXPECT_EQ(tokenizer.encode(row.at("text").get<std::string>()), expected.get<std::vector<int32_t>>())
        << row.at("text");
  }
  EXPECT_EQ(count, about.at("count").get<int64_t>());
}

TEST(GoldenTokenizer, GivesThePublishedIdsOfTheBKind) { expect_golden_ids(SpecialTokens::kOpenAi, "ids"); }
TEST(GoldenTokenizer, GivesThePublishedIdsOfTheHKind) { expect_golden_ids(SpecialTokens::kOpenClip, "ids_h"); }

}  // namespace
}  // namespace tvts
