#include "tvts/evaluate/results/compare.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "tvts/core/error.h"
#include "tvts/core/json/json_text.h"
#include "tvts/evaluate/benchmarks/open_benchmark.h"
#include "tvts/metrics/mean.h"
#include "tvts/report/plain_text.h"

namespace tvts {
namespace {

// The same video may have the same caption twice: the number tells them apart.
std::string key_of(const EvaluationItem& item, std::map<std::string, std::size_t>& times) {
  const std::string key = concat(item.question, "\n", item.video, "\n", item.text);
  return concat(key, "\n", times[key]++);
}

struct Pair {
  const EvaluationItem *a, *b;
};

QuestionComparison compare_question(const std::string& question, const std::vector<Pair>& pairs) {
  QuestionComparison comparison = {.question = question};
  std::vector<double> credit_a, credit_b, closeness_a, closeness_b;
  for (const auto& [a, b] : pairs) {
    credit_a.push_back(a->credit);
    credit_b.push_back(b->credit);
    closeness_a.push_back(-a->rank);
    closeness_b.push_back(-b->rank);
    if (a->rank != b->rank) comparison.differences.push_back({a->video, a->text, a->rank, b->rank});
  }
  comparison.a = mean_of(credit_a);
  comparison.b = mean_of(credit_b);
  comparison.credit = paired_test(credit_a, credit_b);
  comparison.closeness = paired_test(closeness_a, closeness_b);
  std::ranges::stable_sort(comparison.differences, [](const ItemDifference& x, const ItemDifference& y) {
    const auto size = [](const ItemDifference& item) { return std::fabs(std::log(item.rank_a / item.rank_b)); };
    return size(x) > size(y);
  });
  return comparison;
}

std::string p_text(double p) { return p < 0.0001 ? "< 0.0001" : fixed(p, 4); }

std::string interval_text(const Interval& interval) {
  return concat(fixed(interval.mean, 2), " [", fixed(interval.low, 2), ", ", fixed(interval.high, 2), "]");
}

Table summary_table(const Comparison& comparison) {
  Table table = {.title = concat("A against B: ", benchmark_title(comparison.benchmark)),
                 .columns = {"Question", "Items", "A", "B", "A - B", "only A right", "only B right", "p",
                             "A ranks better", "B ranks better", "p of ranks"}};
  for (const QuestionComparison& one : comparison.questions) {
    const auto count = [](std::size_t items) { return number_cell(static_cast<double>(items), 0); };
    table.rows.push_back({text_cell(one.question), count(one.credit.items), number_cell(one.a), number_cell(one.b),
                          text_cell(interval_text(one.credit.difference)), count(one.credit.a_higher),
                          count(one.credit.b_higher), text_cell(p_text(one.credit.p)), count(one.closeness.a_higher),
                          count(one.closeness.b_higher), text_cell(p_text(one.closeness.p))});
  }
  table.notes = {
      "A and B: R@1 or top-1, percent; the difference with its 95 % interval (paired bootstrap over the items).",
      "p: exact sign test on the items in which they differ (McNemar's, for hits and misses)."};
  if (!comparison.same_split) table.notes.push_back("The splits are NOT the same; items in common are compared.");
  if (comparison.precision_a != comparison.precision_b) {
    table.notes.push_back(concat("A was embedded in ", comparison.precision_a, ", B in ", comparison.precision_b, "."));
  }
  if (comparison.only_a + comparison.only_b > 0) {
    table.notes.push_back(concat(comparison.only_a, " items are in A alone, ", comparison.only_b, " in B alone."));
  }
  return table;
}

Json test_json(const PairedTest& test) {
  return {{"a_higher", test.a_higher},  {"b_higher", test.b_higher},    {"mean", test.difference.mean},
          {"low", test.difference.low}, {"high", test.difference.high}, {"p", test.p}};
}

}  // namespace

Comparison compare_evaluations(const WrittenEvaluation& a, const WrittenEvaluation& b) {
  if (a.benchmark != b.benchmark)
    fail_input("found results of ", a.benchmark, " and of ", b.benchmark, ", expected the same benchmark");
  std::unordered_map<std::string, const EvaluationItem*> items_of_b;
  std::map<std::string, std::size_t> times_a, times_b;
  for (const EvaluationItem& item : b.items) items_of_b.emplace(key_of(item, times_b), &item);
  std::map<std::string, std::vector<Pair>> pairs;
  Comparison comparison = {.benchmark = a.benchmark,
                           .same_split = a.split_sha256 == b.split_sha256,
                           .precision_a = a.precision,
                           .precision_b = b.precision};
  std::size_t common = 0;
  for (const EvaluationItem& item : a.items) {
    const auto found = items_of_b.find(key_of(item, times_a));
    if (found == items_of_b.end()) continue;
    ++common;
    pairs[item.question].push_back({&item, found->second});
  }
  if (common == 0) fail_input("the two results of ", a.benchmark, " have no item in common");
  comparison.only_a = a.items.size() - common;
  comparison.only_b = b.items.size() - common;
  for (const auto& [question, found] : pairs) comparison.questions.push_back(compare_question(question, found));
  return comparison;
}

std::vector<Table> comparison_tables(const Comparison& comparison, std::size_t most_items) {
  std::vector<Table> tables = {summary_table(comparison)};
  for (const QuestionComparison& one : comparison.questions) {
    if (one.differences.empty() || most_items == 0) continue;
    Table table = {.title = concat(one.question, ": items that differ most"),
                   .columns = {"Video", "Text", "Rank in A", "Rank in B"}};
    for (std::size_t i = 0; i < std::min(most_items, one.differences.size()); ++i) {
      const ItemDifference& item = one.differences[i];
      table.rows.push_back({text_cell(shortened(one_line(item.video), 40)),
                            text_cell(shortened(one_line(item.text), 60)), number_cell(item.rank_a),
                            number_cell(item.rank_b)});
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

Json comparison_json(const Comparison& comparison) {
  Json json = {{"benchmark", comparison.benchmark},     {"same_split", comparison.same_split},
               {"precision_a", comparison.precision_a}, {"precision_b", comparison.precision_b},
               {"only_a", comparison.only_a},           {"only_b", comparison.only_b}};
  for (const QuestionComparison& one : comparison.questions) {
    Json question = {{"question", one.question},
                     {"items", one.credit.items},
                     {"a", one.a},
                     {"b", one.b},
                     {"hits", test_json(one.credit)},
                     {"ranks", test_json(one.closeness)},
                     {"items_that_differ", Json::array()}};
    for (const ItemDifference& item : one.differences) {
      question["items_that_differ"].push_back({{"video", to_utf8(item.video)},
                                               {"text", to_utf8(item.text)},
                                               {"rank_a", item.rank_a},
                                               {"rank_b", item.rank_b}});
    }
    json["questions"].push_back(std::move(question));
  }
  return json;
}

}  // namespace tvts
