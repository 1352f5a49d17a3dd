#include "tvts/text/vocabulary.h"
#include "tvts/core/input_file.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/text/clip_vocabulary.h"
#include "tvts/core/error.h"
#include "tvts/core/whole_file.h"

namespace tvts {
namespace {

// A file of this content, removed at the end.
class VocabularyFile {
 public:
  explicit VocabularyFile(std::string_view content) : path_(testing::TempDir() + "tvts_vocabulary_test.txt") {
    write_whole_file(path_, content);
  }
  ~VocabularyFile() { std::filesystem::remove(path_); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

template <class Read>
std::string message_of(Read read) {
  try {
    read();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInput);
    return error.what();
  }
  return "no error";
}

std::string file_message(std::string_view content) {
  const VocabularyFile file(content);
  return message_of([&] { Vocabulary::from_file(file.path()); });
}
std::string merges_message(std::string_view merges) {
  return message_of([&] { Vocabulary::from_merges(merges); });
}
bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

TEST(Vocabulary, OfClipHas49408Entries) {
  TVTS_SKIP_WITHOUT_VOCABULARY;
  EXPECT_EQ(test::clip_vocabulary().size(), 49408);
  EXPECT_EQ(test::clip_vocabulary().merges().size(), kClipMerges);
}

TEST(Vocabulary, IsTheSameFromPlainTextAsFromGzip) {
  TVTS_SKIP_WITHOUT_VOCABULARY;
  const VocabularyFile plain("#version: 0.2\n" + test::clip_vocabulary().merges_text());
  EXPECT_EQ(Vocabulary::from_file(plain.path()).merges_text(), test::clip_vocabulary().merges_text());
}

TEST(Vocabulary, SurvivesTheWayThroughAModelFile) {
  const std::string text = "a b\nab c</w>\n";
  const auto vocabulary = Vocabulary::from_merges(text);
  EXPECT_EQ(vocabulary.merges_text(), text);
  EXPECT_EQ(vocabulary.size(), 516);
  EXPECT_EQ(vocabulary.merges()[1].left, kByteTokens);
  EXPECT_EQ(vocabulary.merges()[1].right, byte_token('c') + 256);
  EXPECT_EQ(Vocabulary::from_merges("a b\r\nab c</w>").merges_text(), text);
}

TEST(Vocabulary, PrefixKeepsTheFirstMerges) {
  const auto vocabulary = Vocabulary::from_merges("a b\nab c</w>\nx y\n");
  EXPECT_EQ(vocabulary.prefix(2).merges_text(), "a b\nab c</w>\n");
  EXPECT_EQ(vocabulary.prefix(2).size(), 516);
  EXPECT_EQ(vocabulary.prefix(0).size(), 514);
  EXPECT_EQ(vocabulary.prefix(3).merges_text(), vocabulary.merges_text());
  EXPECT_TRUE(contains(message_of([&] { vocabulary.prefix(4); }), "found 3 merges, expected at least 4"));
}

TEST(Vocabulary, GivesEachByteItsOwnToken) {
  std::set<int32_t> tokens;
  for (int byte = 0; byte < 256; ++byte) tokens.insert(byte_token(static_cast<uint8_t>(byte)));
  EXPECT_EQ(tokens.size(), 256u);
  EXPECT_EQ(*tokens.begin(), 0);
  EXPECT_EQ(*tokens.rbegin(), 255);
}

TEST(Vocabulary, NamesTheLineOfABrokenMerge) {
  EXPECT_TRUE(contains(merges_message("a b\nab\n"), "line 2: found one word or none"));
  EXPECT_TRUE(contains(merges_message("a b\n\nc d\n"), "line 2: found one word or none"));
  EXPECT_TRUE(contains(merges_message("a b\nc d\ncde f\n"), "line 3: found a word that is no token yet"));
  EXPECT_TRUE(contains(merges_message("a b c\n"), "line 1: found a word that is no token yet"));
  EXPECT_TRUE(contains(merges_message(" a\n"), "line 1: found a word that is no token yet"));
  EXPECT_TRUE(
      contains(merges_message("a b\nb c\nab c\na bc\n"), "line 4: found a pair that spells a token of an earlier"));
  EXPECT_TRUE(contains(merges_message(std::string("a \0\n", 4)), "line 1: found a word that is no token yet"));
  EXPECT_TRUE(contains(merges_message("\xff\xfe \x80\n"), "line 1: found a word that is no token yet"));
}

TEST(Vocabulary, NamesWhatIsWrongWithAFile) {
  EXPECT_TRUE(contains(file_message(""), "found an empty file"));
  EXPECT_TRUE(contains(file_message("a b\n"), "line 1: found no version"));
  EXPECT_TRUE(contains(file_message("#version: 0.2\na b\nb c\n"), "line 3: found the end of the file"));
  EXPECT_TRUE(contains(file_message("#version: 0.2\na b\nzz c\n"), "line 3: found a word that is no token yet"));
  EXPECT_TRUE(contains(file_message(std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03garbage", 17)),
                       "tvts_vocabulary_test.txt: found"));
  EXPECT_TRUE(contains(message_of([] { Vocabulary::from_file("/no/such/file"); }), "/no/such/file"));
}

TEST(Vocabulary, NoticesACutArchive) {
  TVTS_SKIP_WITHOUT_VOCABULARY;
  const std::string whole = read_file(TVTS_VOCABULARY);
  EXPECT_TRUE(contains(file_message(whole.substr(0, 5000)), "tvts_vocabulary_test.txt"));
}

}  // namespace
}  // namespace tvts
