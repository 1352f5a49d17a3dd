#include "cli/suggest.h"

#include <algorithm>
#include <vector>

namespace tvts::cli {
namespace {

// Levenshtein's edit distance.
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, substituted}));
    }
  }
  return row[b.size()];
}

void collect(const CLI::App& app, std::vector<std::string>& known) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  }
}

}  // namespace

std::string unknown_argument(const CLI::App& app) {
  const std::vector<std::string> all = app.remaining(/*recurse=*/true);
  const auto first = std::find_if(all.begin(), all.end(), [](const std::string& word) { return word != "--"; });
  return first == all.end() ? "" : *first;
}

std::string suggestion(const CLI::App& app, const std::string& unknown) {
  const std::string word = unknown.substr(0, unknown.find('='));
  std::vector<std::string> known;
  const auto typed = app.get_subcommands();
  if (typed.empty()) {
    for (const CLI::App* command : app.get_subcommands({})) known.push_back(command->get_name());
    collect(app, known);
  }
  for (const CLI::App* command : typed) collect(*command, known);
  const auto nearest = std::min_element(
      known.begin(), known.end(), [&](const auto& a, const auto& b) { return distance(word, a) < distance(word, b); });
  if (nearest == known.end() || distance(word, *nearest) > std::max<std::size_t>(2, word.size() / 3)) return "";
  return "; did you mean " + *nearest + "?";
}

}  // namespace tvts::cli
