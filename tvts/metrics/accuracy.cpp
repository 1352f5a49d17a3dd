#include "tvts/metrics/accuracy.h"

#include <algorithm>
#include <cmath>

#include "tvts/core/error.h"

namespace tvts {
namespace {

void check_sizes(std::span<const float> scores, std::span<const std::size_t> right, std::size_t classes) {
  const bool fits = classes > 0 && scores.size() % classes == 0 && scores.size() / classes == right.size();
  if (!fits) fail_input("accuracy: found ", scores.size(), " scores, expected ", right.size(), " items x ", classes);
}

double percent(std::span<const double> credits) {
  if (credits.empty()) return 0;
  double sum = 0;
  for (const double credit : credits) sum += credit;
  return 100 * sum / static_cast<double>(credits.size());
}

}  // namespace

double top_k_credit(std::span<const float> scores, std::size_t right, std::size_t k) {
  if (right >= scores.size()) fail_input("accuracy: found answer ", right, ", expected less than ", scores.size());
  std::size_t above = 0, level = 0;
  for (const float score : scores) {
    if (std::isnan(score)) fail_input("accuracy: a score is NaN");
    above += score > scores[right];
    level += score == scores[right];
  }
  if (above >= k) return 0;
  return std::min(1.0, static_cast<double>(k - above) / static_cast<double>(level));
}

std::vector<double> top_k_credits(std::span<const float> scores, std::span<const std::size_t> right,
                                  std::size_t classes, std::size_t k) {
  check_sizes(scores, right, classes);
  std::vector<double> credits;
  for (std::size_t item = 0; item < right.size(); ++item) {
    credits.push_back(top_k_credit(scores.subspan(item * classes, classes), right[item], k));
  }
  return credits;
}

Accuracy accuracy(std::span<const float> scores, std::span<const std::size_t> right, std::size_t classes) {
  return {.items = right.size(),
          .top1 = percent(top_k_credits(scores, right, classes, 1)),
          .top5 = percent(top_k_credits(scores, right, classes, 5))};
}

std::vector<ClassAccuracy> accuracy_per_class(std::span<const float> scores, std::span<const std::size_t> right,
                                              std::size_t classes) {
  const std::vector<double> credits = top_k_credits(scores, right, classes, 1);
  std::vector<ClassAccuracy> per_class(classes);
  for (std::size_t item = 0; item < right.size(); ++item) {
    ++per_class[right[item]].items;
    per_class[right[item]].top1 += 100 * credits[item];
  }
  for (ClassAccuracy& one : per_class) {
    if (one.items > 0) one.top1 /= static_cast<double>(one.items);
  }
  return per_class;
}

double mean_over_classes(std::span<const ClassAccuracy> classes) {
  double sum = 0, shown = 0;
  for (const ClassAccuracy& one : classes) {
    if (one.items > 0) sum += one.top1, ++shown;
  }
  return sum / shown;
}

std::vector<std::uint64_t> confusion_counts(std::span<const float> scores, std::span<const std::size_t> right,
                                            std::size_t classes) {
  top_k_credits(scores, right, classes, 1);  // checks what it is given
  std::vector<std::uint64_t> counts(classes * classes);
  for (std::size_t item = 0; item < right.size(); ++item) {
    const auto row = scores.subspan(item * classes, classes);
    const auto predicted = static_cast<std::size_t>(std::max_element(row.begin(), row.end()) - row.begin());
    ++counts[right[item] * classes + predicted];
  }
  return counts;
}

double multiple_choice_accuracy(std::span<const ChoiceQuestion> questions) {
  if (questions.empty()) fail_input("multiple choice: found no question");
  std::vector<double> credits;
  for (const ChoiceQuestion& question : questions) credits.push_back(top_k_credit(question.scores, question.answer, 1));
  return percent(credits);
}

}  // namespace tvts
