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

// The first word of the message that could be a mistyped name: what follows the last ": ".
std::string unknown_word(const CLI::ParseError& error) {
  const std::string message = error.what();
  const std::size_t colon = message.rfind(": ");
  if (colon == std::string::npos) return "";
  const std::string rest = message.substr(colon + 2);
  return rest.substr(0, rest.find_first_of(" ="));
}

}  // namespace

std::string suggestion(const CLI::App& app, const CLI::ParseError& error) {
  const std::string word = unknown_word(error);
  if (word.empty()) return "";
  std::vector<std::string> known;
  const auto typed = app.get_subcommands();
  if (typed.empty()) {
    for (const CLI::App* command : app.get_subcommands({})) known.push_back(command->get_name());
    collect(app, known);
  }
  for (const CLI::App* command : typed) collect(*command, known);
  const auto nearest = std::min_element(
      known.begin(), known.end(), [&](const auto& a, const auto& b) { return distance(word, a) < distance(word, b); });
  if (nearest == known.end() || *nearest == word) return "";  // known: its value is what is wrong
  if (distance(word, *nearest) > std::max<std::size_t>(2, word.size() / 3)) return "";
  return "; did you mean " + *nearest + "?";
}

}  // namespace tvts::cli
