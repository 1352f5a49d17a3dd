// Random input, for the sanitizers' sake: nothing crashes, and what comes out is well formed.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "tvts/core/error.h"
#include "tvts/text/clean.h"
#include "tvts/text/tokenizer.h"
#include "tvts/text/unicode.h"

namespace tvts {
namespace {

// Random bytes, and pieces that lead into the corners.
std::string random_text(std::mt19937& random) {
  constexpr const char* kPieces[] = {
      "&",        "&#",           "&#x",      ";",       "&amp;", "&notin",       "<",  "\x1b[",         "\xc3\x83",
      "\xc2\xa9", "\xed\xa0\xbd", "\xed\xb8", " ",       "\n",    "\xe2\x82\xac", "'s", "<|endoftext|>", "\xef\xbf\xbd",
      "\x1a",     "\xf0\x9f",     "Σ",        "\xcc\x81"};
  std::string text;
  for (auto length = random() % 60; length > 0; --length) {
    if (random() % 2 == 0) {
      text += static_cast<char>(random() % 256);
    } else {
      text += kPieces[random() % std::size(kPieces)];
    }
  }
  return text;
}

TEST(RandomBytes, AreCleanedToTidyUtf8) {
  std::mt19937 random(11);
  for (int i = 0; i < 5000; ++i) {
    const std::string cleaned = clean_text(random_text(random));
    EXPECT_EQ(encode_utf8(decode_utf8(cleaned)), cleaned);
    EXPECT_EQ(cleaned.find("  "), std::string::npos);
    EXPECT_EQ(cleaned.find('\n'), std::string::npos);
  }
}

TEST(RandomBytes, AreTokenizedToOneEndedRow) {
  const Tokenizer tokenizer(Vocabulary::from_merges("a b\n"), {.context_length = 20});
  std::mt19937 random(12);
  for (int i = 0; i < 2000; ++i) {
    const auto ids = tokenizer.encode(random_text(random));
    EXPECT_EQ(ids[0], tokenizer.start_id());
    EXPECT_NE(std::find(ids.begin(), ids.end(), tokenizer.end_id()), ids.end());
    EXPECT_TRUE(std::all_of(ids.begin(), ids.end(), [&](int32_t id) { return id >= 0 && id <= tokenizer.end_id(); }));
  }
}

TEST(RandomBytes, AreAVocabularyOrAnError) {
  std::mt19937 random(13);
  for (int i = 0; i < 2000; ++i) {
    std::string merges = "a b\nb c\nab c\n";
    for (int change = 0; change < 2; ++change) merges[random() % merges.size()] = static_cast<char>(random() % 256);
    try {
      EXPECT_LE(Vocabulary::from_merges(merges).merges().size(), 5u);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kInput);
    }
  }
}

}  // namespace
}  // namespace tvts
