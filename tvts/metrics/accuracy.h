// Top-k accuracy: the share of items whose right class, or right one of several options, is among the k highest scores.
//
// Ties are shared: where k ranks remain for t equal scores, the right one of them counts k / t. So a model that gives
// everything the same score gets what guessing gets, wherever the right answer stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tvts {

// The credit of one question towards top-k, in [0, 1]. Throws Error(kInput) where `right` is no option or a score is
// NaN.
double top_k_credit(std::span<const float> scores, std::size_t right, std::size_t k);

// scores: [items, classes], row after row; right: [items]. One credit an item.
// Throws Error(kInput) where sizes do not fit, a class is not in range or a score is NaN.
std::vector<double> top_k_credits(std::span<const float> scores, std::span<const std::size_t> right,
                                  std::size_t classes, std::size_t k);

struct Accuracy {
  std::size_t items = 0;
  double top1 = 0, top5 = 0;  // percent
};
Accuracy accuracy(std::span<const float> scores, std::span<const std::size_t> right, std::size_t classes);

struct ClassAccuracy {
  std::size_t items = 0;  // of this class
  double top1 = 0;        // percent; 0 without items
};
std::vector<ClassAccuracy> accuracy_per_class(std::span<const float> scores, std::span<const std::size_t> right,
                                              std::size_t classes);

// The mean top-1 of the classes that have items, percent.
double mean_over_classes(std::span<const ClassAccuracy> classes);

// counts[right * classes + predicted]; of equal scores the first class is predicted.
std::vector<std::uint64_t> confusion_counts(std::span<const float> scores, std::span<const std::size_t> right,
                                            std::size_t classes);

// A question with options of its own, as many as it likes.
struct ChoiceQuestion {
  std::span<const float> scores;  // of the options
  std::size_t answer = 0;
};
// Percent. Throws Error(kInput) where there is no question.
double multiple_choice_accuracy(std::span<const ChoiceQuestion> questions);

}  // namespace tvts
