#include "tvts/text/alignment.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/text/unicode.h"

namespace tvts {
namespace {

constexpr std::size_t kMostPairs = std::size_t{1} << 28;
constexpr std::uint64_t kMostLetterPairs = std::uint64_t{1} << 33;  // seconds of work
constexpr std::size_t kLongestWord = 256;                           // code points
constexpr std::int32_t kOutsideBand = 9999;
constexpr std::int32_t kUnreachable = std::numeric_limits<std::int32_t>::max() / 2;

// The part of a word that is compared.
std::u32string bare(const std::string& word) {
  constexpr std::u32string_view kPunctuation = U"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  std::u32string letters = decode_utf8(lower_case(word));
  std::erase_if(letters, [&](char32_t c) { return kPunctuation.find(c) != std::u32string_view::npos; });
  letters.resize(std::min(letters.size(), kLongestWord));
  return letters;
}

// Edit distances of words by number. Transcripts repeat their words, so most pairs are met again: the last ones are
// remembered.
class WordDistances {
 public:
  std::uint32_t number_of(const std::string& word) {
    const auto [entry, is_new] = numbers_.try_emplace(bare(word), static_cast<std::uint32_t>(words_.size()));
    if (is_new) words_.push_back(&entry->first);
    return entry->second;
  }

  std::size_t letters(std::uint32_t word) const { return words_[word]->size(); }

  std::int32_t operator()(std::uint32_t a, std::uint32_t b) {
    if (a == b) return 0;
    const std::uint64_t pair = std::uint64_t{a} << 32 | b;
    Remembered& slot = remembered_[(pair * 0x9e3779b97f4a7c15) >> (64 - kSlotBits)];
    if (slot.pair != pair) slot = {pair, edit_distance(*words_[a], *words_[b])};
    return slot.distance;
  }

 private:
  static constexpr int kSlotBits = 14;
  struct Remembered {
    std::uint64_t pair = 0;  // of a word with itself, which is never requested
    std::int32_t distance = 0;
  };

  // As that of core, which compares bytes and allocates.
  std::int32_t edit_distance(const std::u32string& a, const std::u32string& b) {
    std::iota(row_.begin(), row_.begin() + static_cast<long>(b.size()) + 1, 0);
    for (std::size_t i = 0; i < a.size(); ++i) {
      std::int32_t diagonal = std::exchange(row_[0], static_cast<std::int32_t>(i) + 1);
      for (std::size_t j = 0; j < b.size(); ++j) {
        const std::int32_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
        diagonal = row_[j + 1];
        row_[j + 1] = std::min({replaced, diagonal + 1, row_[j] + 1});
      }
    }
    return row_[b.size()];
  }

  std::unordered_map<std::u32string, std::uint32_t> numbers_;
  std::vector<const std::u32string*> words_;  // the keys of numbers_
  std::vector<Remembered> remembered_ = std::vector<Remembered>(std::size_t{1} << kSlotBits);
  std::array<std::int32_t, kLongestWord + 1> row_{};
};

// The step of the path that leads to a pair of words. Where costs are equal, the first in this order.
enum class Step : std::uint8_t { kBoth, kTimed, kSpelled };

// A step for each pair, two bits each.
class StepTable {
 public:
  StepTable(std::size_t rows, std::size_t columns) : columns_(columns), bits_((rows * columns + 3) / 4) {}

  Step at(std::size_t row, std::size_t column) const {
    const std::size_t cell = row * columns_ + column;
    return static_cast<Step>(bits_[cell / 4] >> (cell % 4 * 2) & 3);
  }
  void set(std::size_t row, std::size_t column, Step step) {
    const std::size_t cell = row * columns_ + column;
    bits_[cell / 4] = static_cast<std::uint8_t>(bits_[cell / 4] | static_cast<unsigned>(step) << (cell % 4 * 2));
  }

 private:
  std::size_t columns_;
  std::vector<std::uint8_t> bits_;
};

// The cheapest steps to every pair of words, by their numbers.
StepTable cheapest_steps(const std::vector<std::uint32_t>& timed, const std::vector<std::uint32_t>& spelled,
                         std::size_t band, WordDistances& distances) {
  StepTable steps(timed.size(), spelled.size());
  // costs[j + 1]: of the best path to (this row, j); costs[0] is the border, reachable before the first row only.
  std::vector<std::int32_t> costs(spelled.size() + 1, kUnreachable);
  costs[0] = 0;
  for (std::size_t i = 0; i < timed.size(); ++i) {
    std::int32_t diagonal = std::exchange(costs[0], kUnreachable);
    for (std::size_t j = 0; j < spelled.size(); ++j) {
      const bool inside = (i > j ? i - j : j - i) <= band;
      const std::int32_t cost = inside ? distances(timed[i], spelled[j]) : kOutsideBand;
      const std::int32_t above = costs[j + 1], left = costs[j];
      const std::int32_t best = std::min({diagonal, above, left});
      steps.set(i, j, best == diagonal ? Step::kBoth : best == above ? Step::kTimed : Step::kSpelled);
      diagonal = above;
      costs[j + 1] = best + cost;
    }
  }
  return steps;
}

// For each spelled word the first timed word that the path aligns with it; the path is walked from its end.
std::vector<std::size_t> partners(const StepTable& steps, std::size_t timed, std::size_t spelled) {
  std::vector<std::size_t> first(spelled);
  std::size_t i = timed, j = spelled;  // one past the pair
  while (i > 0 && j > 0) {
    first[j - 1] = i - 1;
    const Step step = steps.at(i - 1, j - 1);
    if (step != Step::kSpelled) --i;
    if (step != Step::kTimed) --j;
  }
  return first;
}

// The work at most: a product of lengths for each pair of words inside the band.
std::uint64_t letter_pairs(const std::vector<std::uint32_t>& timed, const std::vector<std::uint32_t>& spelled,
                           std::size_t band, const WordDistances& distances) {
  std::vector<std::uint64_t> before(1, 0);  // letters of the first spelled words
  for (const std::uint32_t word : spelled) before.push_back(before.back() + distances.letters(word));
  std::uint64_t pairs = 0;
  for (std::size_t i = 0; i < timed.size(); ++i) {
    const std::size_t begin = std::min(i - std::min(i, band), spelled.size());
    const std::size_t end = std::min(i + band + 1, spelled.size());
    pairs += distances.letters(timed[i]) * (before[end] - before[begin]);
  }
  return pairs;
}

}  // namespace

std::vector<std::string> align_words(std::span<const std::string> timed, std::span<const std::string> spelled) {
  std::vector<std::string> aligned(timed.size());
  const std::size_t band = std::max<std::size_t>(32, timed.size() / 10);
  spelled = spelled.first(std::min(spelled.size(), timed.size() + band));
  if (timed.empty() || spelled.empty()) return aligned;
  if (spelled.size() > kMostPairs / timed.size()) {
    fail_input("found ", timed.size(), " timed words and ", spelled.size(), " spelled ones, expected at most ",
               kMostPairs, " pairs of them");
  }
  WordDistances distances;
  std::vector<std::uint32_t> timed_numbers, spelled_numbers;
  for (const std::string& word : timed) timed_numbers.push_back(distances.number_of(word));
  for (const std::string& word : spelled) spelled_numbers.push_back(distances.number_of(word));
  if (letter_pairs(timed_numbers, spelled_numbers, band, distances) > kMostLetterPairs) {
    fail_input("found ", timed.size(), " timed words and ", spelled.size(), " spelled ones, too long to be compared; ",
               "expected words of a few letters");
  }
  const StepTable steps = cheapest_steps(timed_numbers, spelled_numbers, band, distances);
  const std::vector<std::size_t> partner = partners(steps, timed.size(), spelled.size());
  for (std::size_t j = 0; j < spelled.size(); ++j) {
    std::string& text = aligned[partner[j]];
    text.append(text.empty() ? "" : " ").append(spelled[j]);
  }
  return aligned;
}

}  // namespace tvts
