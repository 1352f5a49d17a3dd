#include "tvts/search/journal.h"

#include "tests/search/store_support.h"

namespace tvts::test {
namespace {

JournalGroup group(const std::string& lines, const std::string& bytes) {
  return {3, bytes.size() / (kDim * sizeof(float)), lines, "error\n", bytes};
}

TEST(Journal, ReadsTheGroupsThatWereAppended) {
  StoreFolder folder;
  const std::string bytes(2 * kDim * sizeof(float), 'x');
  {
    Journal journal = Journal::create(folder / "j", "tag");
    journal.append(group("one\n", bytes));
  }
  Journal::resume(folder / "j", read_journal(folder / "j", kDim)).append(group("two\n", ""));
  const JournalContent content = read_journal(folder / "j", kDim);
  EXPECT_EQ(content.tag, "tag");
  ASSERT_EQ(content.groups.size(), 2U);
  EXPECT_EQ(content.groups[0].items, 3U);
  EXPECT_EQ(content.groups[0].rows, 2U);
  EXPECT_EQ(content.groups[0].row_lines, "one\n");
  EXPECT_EQ(content.groups[0].error_lines, "error\n");
  EXPECT_EQ(content.groups[0].embeddings, bytes);
  EXPECT_EQ(content.groups[1].row_lines, "two\n");
}

TEST(Journal, AnAbsentOrEmptyFileHasNoGroups) {
  StoreFolder folder;
  write_file(folder / "empty", "");
  EXPECT_TRUE(read_journal(folder / "absent", kDim).groups.empty());
  EXPECT_TRUE(read_journal(folder / "empty", kDim).groups.empty());
}

TEST(Journal, AGroupOfAnotherWidthIsNotValid) {
  StoreFolder folder;
  Journal::create(folder / "j", "tag").append(group("one\n", std::string(2 * kDim * sizeof(float), 'x')));
  EXPECT_TRUE(read_journal(folder / "j", kDim + 1).groups.empty());
}

}  // namespace
}  // namespace tvts::test
