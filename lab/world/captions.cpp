#include "lab/world/captions.h"

#include "lab/world/draw.h"
#include "tvts/core/error.h"

namespace tvts::world {
namespace {

constexpr int kPercentWithBackground = 40;
constexpr int kPercentUnnamed = 8;           // of the alt-texts of one event: "something moving left"
constexpr int kPercentWithSpokenVerbs = 30;  // of the alt-texts: "moves left" as people say it, not "moving left"

std::string join_clauses(const std::vector<std::string>& clauses, std::string_view joint) {
  std::string text = clauses.front();
  for (std::size_t i = 1; i < clauses.size(); ++i) text.append(joint).append(clauses[i]);
  return text;
}

template <class Clause>
std::vector<std::string> clauses_of(const Scene& scene, Clause clause) {
  std::vector<std::string> clauses;
  for (const Shot& shot : scene.shots) clauses.push_back(clause(shot.event));
  return clauses;
}

}  // namespace

std::string alt_caption(const Scene& scene, RandomStream& random) {
  const std::string_view joint = pick(", then |, next | and then | followed by | before ", random);
  const bool background = draw_percent(kPercentWithBackground, random);
  const Register verbs = draw_percent(kPercentWithSpokenVerbs, random) ? Register::kSpeech : Register::kAlt;
  const bool unnamed = scene.shots.size() == 1 && draw_percent(kPercentUnnamed, random);
  const auto clause = [&](const Event& event) {
    if (unnamed) return "something " + open_event_words(verbs, event, random);
    const std::string thing = thing_words(Register::kAlt, event.thing, random);
    return thing + " " + event_words(verbs, event, random);
  };
  std::string text = join_clauses(clauses_of(scene, clause), joint);
  if (background) text += ", " + background_words(Register::kAlt, scene.background.backdrop, random);
  return text;
}

std::string query_sentence(const Event& event, RandomStream& random) {
  const std::string thing = with_article(thing_words(Register::kQuery, event.thing, random));
  return thing + " " + event_words(Register::kQuery, event, random);
}

std::string query_caption(const Scene& scene, RandomStream& random) {
  const std::string_view joint =
      scene.shots.size() < 2 ? "" : pick(" and then | and after that |, then |, afterwards | before ", random);
  const bool background = draw_percent(kPercentWithBackground, random);
  std::string text =
      join_clauses(clauses_of(scene, [&](const Event& event) { return query_sentence(event, random); }), joint);
  if (background) text += " " + background_words(Register::kQuery, scene.background.backdrop, random);
  return text;
}

std::string query_paragraph(const Scene& scene, RandomStream& random) {
  std::string text;
  for (const Shot& shot : scene.shots) {
    const std::string_view start = text.empty() ? "first |" : pick("then |after that |and then |", random);
    text +=
        (text.empty() ? "" : " ") + concat(start.substr(0, start.find('|')), query_sentence(shot.event, random), ".");
  }
  return text;
}

}  // namespace tvts::world
