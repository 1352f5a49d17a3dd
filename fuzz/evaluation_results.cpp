// Written results of an evaluation. The first byte chooses: result.json and items.jsonl behind a line that is "--", or
// items alone, with a result.json that fits them. What is read differs in nothing from itself.
#include <algorithm>
#include <span>

#include "fuzz/support/input_file.h"
#include "fuzz/support/target.h"
#include "fuzz/support/text.h"
#include "tvts/core/error.h"
#include "tvts/evaluate/results/compare.h"
#include "tvts/model/weights/sha256.h"

namespace tvts::fuzz {
namespace {

constexpr std::string_view kMark = "\n--\n";

std::string fitting_result(Bytes items) {
  const std::string_view text = text_of(items);
  const auto lines = std::ranges::count(text, '\n') + (text.empty() || text.ends_with('\n') ? 0 : 1);
  return concat(
      R"({"format": "tvts-evaluation", "version": 2, "manifest": {"benchmark": "k400", "split_sha256": "x"},)",
      R"("items": {"count": )", lines, R"(, "sha256": ")", sha256_hex(items), "\"}}");
}

}  // namespace

void one_input(Bytes input) {
  const bool has_result = take_choice(input, 2) == 1;
  const std::size_t end = has_result ? text_of(input).find(kMark) : std::string_view::npos;
  if (end == std::string_view::npos) {
    const std::string fitting = fitting_result(input);
    input_file("result.json", std::as_bytes(std::span(fitting)));
    input_file("items.jsonl", input);
  } else {
    input_file("result.json", input.first(end));
    input_file("items.jsonl", input.subspan(end + kMark.size()));
  }
  const WrittenEvaluation written = read_evaluation(scratch_folder());
  const Comparison comparison = compare_evaluations(written, written);
  TVTS_ASSERT(comparison.only_a == 0 && comparison.only_b == 0);
  for (const QuestionComparison& one : comparison.questions) TVTS_ASSERT(one.differences.empty() && one.a == one.b);
  comparison_json(comparison).dump();
  comparison_tables(comparison, 5);
}

}  // namespace tvts::fuzz
