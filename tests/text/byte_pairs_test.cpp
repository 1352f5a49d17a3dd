#include "tvts/text/byte_pairs.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <utility>

#include "tests/text/clip_vocabulary.h"

namespace tvts {
namespace {

using Ids = std::vector<int32_t>;

Ids encode(const BytePairs& pairs, std::string_view word) {
  Ids ids;
  pairs.encode(word, ids);
  return ids;
}

// The published definition, one round a rank: every pair of the lowest rank is merged from left to right.
Ids encode_in_rounds(const Vocabulary& vocabulary, std::string_view word) {
  std::map<std::pair<int32_t, int32_t>, int32_t> ranks;
  for (const Merge& merge : vocabulary.merges()) ranks.emplace(std::pair(merge.left, merge.right), ranks.size());
  Ids ids;
  for (const char byte : word) ids.push_back(byte_token(static_cast<uint8_t>(byte)));
  ids.back() += 256;
  for (;;) {
    auto best = ranks.end();
    for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
      const auto found = ranks.find({ids[i], ids[i + 1]});
      if (found != ranks.end() && (best == ranks.end() || found->second < best->second)) best = found;
    }
    if (best == ranks.end()) return ids;
    Ids merged;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const bool pair = i + 1 < ids.size() && ids[i] == best->first.first && ids[i + 1] == best->first.second;
      merged.push_back(pair ? kByteTokens + best->second : ids[i]);
      i += pair;
    }
    ids = merged;
  }
}

TEST(BytePairs, MergeTheEarlierPairFirst) {
  const auto vocabulary = Vocabulary::from_merges("b c</w>\na b\n");
  const BytePairs pairs(vocabulary);
  EXPECT_EQ(encode(pairs, "abc"), (Ids{byte_token('a'), kByteTokens}));
  EXPECT_EQ(encode(pairs, "abd"), (Ids{kByteTokens + 1, byte_token('d') + 256}));
}

TEST(BytePairs, TellTheEndOfAWordFromItsMiddle) {
  const auto vocabulary = Vocabulary::from_merges("b c\n");
  const BytePairs pairs(vocabulary);
  EXPECT_EQ(encode(pairs, "bcd"), (Ids{kByteTokens, byte_token('d') + 256}));
  EXPECT_EQ(encode(pairs, "bc"), (Ids{byte_token('b'), byte_token('c') + 256}));
}

TEST(BytePairs, OverlappingPairsGoToTheLeft) {
  const auto vocabulary = Vocabulary::from_merges("a a\n");
  EXPECT_EQ(encode(BytePairs(vocabulary), "aaaa"), (Ids{kByteTokens, byte_token('a'), byte_token('a') + 256}));
}

TEST(BytePairs, WithoutMergesAreBytes) {
  const BytePairs pairs{Vocabulary::from_merges("")};
  EXPECT_EQ(encode(pairs, "\xff!"), (Ids{187, 256}));  // "!" is the first byte of the alphabet, FF the last printable
  EXPECT_EQ(encode(pairs, ""), Ids{});
}

TEST(BytePairs, OfShortAndLongWordsFollowTheDefinition) {
  const auto vocabulary = Vocabulary::from_merges(
      "a a\na b\naa b\nb a\nab ab\nb b</w>\naab ab\na a</w>\nabab aa\nba aab\nc a\nb c\nbc ca\n");
  const BytePairs pairs(vocabulary);
  std::mt19937 random(3);
  for (int i = 0; i < 400; ++i) {
    std::string word(std::uniform_int_distribution<std::size_t>(1, 200)(random), 'a');
    for (char& c : word) c = "aabbc"[random() % 5];
    EXPECT_EQ(encode(pairs, word), encode_in_rounds(vocabulary, word)) << word;
  }
}

TEST(BytePairs, OfClipFollowTheDefinition) {
  TVTS_SKIP_WITHOUT_VOCABULARY;
  const Vocabulary& vocabulary = test::clip_vocabulary();
  const BytePairs pairs(vocabulary);
  for (const std::string word : {"pneumonoultramicroscopicsilicovolcanoconiosis", "hellohello", "日本語"}) {
    std::string long_word;
    for (int i = 0; i < 5; ++i) long_word += word;
    EXPECT_EQ(encode(pairs, word), encode_in_rounds(vocabulary, word));
    EXPECT_EQ(encode(pairs, long_word), encode_in_rounds(vocabulary, long_word));
  }
}

}  // namespace
}  // namespace tvts
