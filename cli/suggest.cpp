#include "cli/suggest.h"

#include <algorithm>
#include <vector>

#include "tvts/core/edit_distance.h"

namespace tvts::cli {
namespace {

const CLI::App& innermost(const CLI::App& app) {
  const CLI::App* typed = &app;
  while (!typed->get_subcommands().empty()) typed = typed->get_subcommands().front();
  return *typed;
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

std::string typed_command(const CLI::App& app) {
  std::string words = app.get_name();
  for (const CLI::App* typed = &app; !typed->get_subcommands().empty();) {
    typed = typed->get_subcommands().front();
    words += " " + typed->get_name();
  }
  return words;
}

std::string suggestion(const CLI::App& app, const std::string& unknown) {
  constexpr std::size_t kLongestWord = 100;  // keeps the search for the nearest one short
  const std::string word = unknown.substr(0, std::min(unknown.find('='), kLongestWord));
  const CLI::App& typed = innermost(app);
  std::vector<std::string> known;
  for (const CLI::App* command : typed.get_subcommands({})) known.push_back(command->get_name());
  collect(typed, known);
  const auto nearest = std::min_element(known.begin(), known.end(), [&](const auto& a, const auto& b) {
    return edit_distance(word, a) < edit_distance(word, b);
  });
  if (nearest == known.end() || edit_distance(word, *nearest) > std::max<std::size_t>(2, word.size() / 3)) return "";
  return "; did you mean " + *nearest + "?";
}

}  // namespace tvts::cli
