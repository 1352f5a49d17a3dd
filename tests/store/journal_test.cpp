#include "tvts/store/journal.h"

#include "tests/store/store_support.h"

namespace tvts::test {
namespace {

JournalGroup group(const std::string& lines, const std::string& bytes) {
  const std::size_t rows = bytes.size() / (kDim * sizeof(float));
  return {rows + 1, rows, lines, "error\n", bytes};
}

TEST(Journal, ReadsTheGroupsThatWereAppended) {
  StoreFolder folder;
  const std::string bytes(2 * kDim * sizeof(float), 'x');
  {
    Journal journal = Journal::create(folder / "j", "tag");
    journal.append(group("one\ntwo\n", bytes));
  }
  Journal::resume(folder / "j", read_journal(folder / "j", kDim)).append(group("", ""));
  const JournalContent content = read_journal(folder / "j", kDim);
  EXPECT_EQ(content.tag, "tag");
  ASSERT_EQ(content.groups.size(), 2U);
  EXPECT_EQ(content.groups[0].items, 3U);
  EXPECT_EQ(content.groups[0].rows, 2U);
  EXPECT_EQ(content.groups[0].row_lines, "one\ntwo\n");
  EXPECT_EQ(content.groups[0].error_lines, "error\n");
  EXPECT_EQ(content.groups[0].embeddings, bytes);
  EXPECT_EQ(content.groups[1].rows, 0U);
}

TEST(Journal, AnAbsentOrEmptyFileHasNoGroups) {
  StoreFolder folder;
  write_file(folder / "empty", "");
  EXPECT_TRUE(read_journal(folder / "absent", kDim).groups.empty());
  EXPECT_TRUE(read_journal(folder / "empty", kDim).groups.empty());
}

TEST(Journal, AGroupOfAnotherWidthIsNotValid) {
  StoreFolder folder;
  Journal::create(folder / "j", "tag").append(group("one\ntwo\n", std::string(2 * kDim * sizeof(float), 'x')));
  EXPECT_TRUE(read_journal(folder / "j", kDim + 1).groups.empty());
}

TEST(Journal, AGroupWhoseCountsDoNotAddUpIsNotValid) {
  const std::string bytes(2 * kDim * sizeof(float), 'x');
  const auto groups_of = [](const JournalGroup& group) {
    StoreFolder folder;
    Journal::create(folder / "j", "tag").append(group);
    return read_journal(folder / "j", kDim).groups.size();
  };
  EXPECT_EQ(groups_of({2, 2, "one\ntwo\n", "", bytes}), 1U);
  EXPECT_EQ(groups_of({2, 2, "one\n", "", bytes}), 0U);             // fewer lines than rows
  EXPECT_EQ(groups_of({2, 2, "one\ntwo", "", bytes}), 0U);          // a line that is cut
  EXPECT_EQ(groups_of({3, 2, "one\ntwo\n", "", bytes}), 0U);        // an item without row or error
  EXPECT_EQ(groups_of({1, 2, "one\ntwo\n", "a\nb\n", bytes}), 0U);  // more errors than items
}

}  // namespace
}  // namespace tvts::test
