#include "tvts/report/paper_results.h"

#include "tests/report/report_support.h"
#include "tvts/core/error.h"

namespace tvts::test {
namespace {

PaperTables ours() { return load_paper_tables(TVTS_SOURCE_DIR "/share/paper_results.json"); }

double number(const PaperTables& tables, int table, const char* row, const char* column) {
  const TableCell* cell = find_cell(tables.at(table), row, column);
  return cell == nullptr || !cell->number ? kNan : *cell->number;
}

TEST(PaperResults, HaveTheTablesOfResultsAndOfSettings) {
  std::vector<std::pair<int, std::size_t>> rows;
  for (const auto& [id, table] : ours()) rows.emplace_back(id, table.rows.size());
  const std::vector<std::pair<int, std::size_t>> expected = {{1, 6}, {2, 23}, {3, 18}, {4, 19},
                                                             {5, 5}, {6, 2},  {8, 10}};
  EXPECT_EQ(rows, expected);
}

TEST(PaperResults, AreAsPrinted) {
  const PaperTables tables = ours();
  EXPECT_EQ(number(tables, 1, "M2-PF", "DiDeMo MMS"), 0.340);
  EXPECT_EQ(find_cell(tables.at(1), "M2-PF", "DiDeMo MMS")->text, "0.340");
  EXPECT_EQ(number(tables, 2, "Ours-H/14 (DSL)", "LSMDC MdR"), 11.0);
  EXPECT_EQ(number(tables, 2, "Ours-B/32", "DiDeMo R@1"), 31.2);
  EXPECT_EQ(number(tables, 3, "Ours-B/16", "SSV2-MC"), 42.1);
  EXPECT_EQ(number(tables, 4, "Ours-H/14", "Kinetics-400"), 73.1);
  EXPECT_EQ(number(tables, 5, "M_base", "DiDeMo R@5"), 55.5);
  EXPECT_EQ(number(tables, 5, "M_ours++", "MSR-VTT R@1"), 35.0);
  EXPECT_EQ(number(tables, 6, "zero", "DiDeMo R@1"), 31.5);
  EXPECT_EQ(find_cell(tables.at(8), "batch size", "H/14")->text, "160");
}

TEST(PaperResults, SayWhatIsNotInOurCopy) {
  const PaperTables tables = ours();
  for (const TableCell* cell :
       {find_cell(tables.at(3), "Ours-H/14", "HMDB-51"), find_cell(tables.at(5), "M_ours", "MSR-VTT R@1"),
        find_cell(tables.at(8), "learning rate", "B/16")}) {
    ASSERT_NE(cell, nullptr);
    EXPECT_TRUE(cell->is_missing);
    EXPECT_EQ(cell->text, "not in our copy");
  }
}

TEST(PaperResults, TellADashOfThePaperFromAMissingCell) {
  const PaperTables tables = ours();
  const TableCell* cell = find_cell(tables.at(1), "CLIP-ViP", "Kinetics-400 top-1");
  ASSERT_NE(cell, nullptr);
  EXPECT_TRUE(cell->is_missing);
  EXPECT_EQ(cell->text, "–");
}

TEST(PaperResults, HaveNoCellOfAnUnknownName) {
  const PaperTables tables = ours();
  EXPECT_EQ(find_cell(tables.at(6), "zero", "LSMDC R@1"), nullptr);
  EXPECT_EQ(find_cell(tables.at(6), "ones", "DiDeMo R@1"), nullptr);
}

TEST(PaperResults, RefuseAnotherForm) {
  const std::string table = R"({"number":1,"title":"T","columns":[{"name":"a"}],"rows":[["x"]],"notes":[]})";
  const auto file = [](const std::string& tables) { return R"({"format":1,"tables":[)" + tables + "]}"; };
  EXPECT_NO_THROW(read_paper_tables(file(table), "f"));
  for (const std::string& text :
       {std::string(), std::string("[]"), std::string(R"({"format":2,"tables":[]})"), file("1"), file("{}"),
        file(R"({"number":1,"title":"T","columns":[{"name":"a"}],"rows":[["x","y"]],"notes":[]})"),
        file(R"({"number":1,"title":"T","columns":[{"name":"a"}],"rows":[[[]]],"notes":[]})"),
        file(R"({"number":1,"title":"T","columns":[],"rows":[{}],"notes":3})")}) {
    EXPECT_THROW(read_paper_tables(text, "f"), Error) << text;
  }
}

}  // namespace
}  // namespace tvts::test
