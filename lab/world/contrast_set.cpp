#include "lab/world/contrast_set.h"

#include <algorithm>
#include <set>
#include <string>

#include "lab/world/draw.h"
#include "lab/world/scene_sampler.h"
#include "lab/world/world_sets.h"

namespace tvts::world {
namespace {

// Of as many kinds as the split has for the thing, then others of the same kinds; fewer than a set where it has no
// more.
std::vector<Event> different_events(const Thing& thing, RandomStream& random) {
  std::set<std::string> meanings;
  std::set<EventKind> kinds;
  std::vector<Event> events, more;
  for (int attempt = 0; attempt < 200; ++attempt) {
    const Event event = sample_event_of(thing, Split::kTrain, random);
    if (meanings.insert(meaning_of(event)).second) (kinds.insert(event.kind).second ? events : more).push_back(event);
  }
  events.insert(events.end(), more.begin(), more.end());
  events.resize(std::min<std::size_t>(events.size(), kContrastSet));
  return events;
}

}  // namespace

std::vector<Scene> sample_events_of_one_thing(RandomStream& random) {
  std::vector<Event> events;
  while (events.size() < kContrastSet) events = different_events(sample_thing(random), random);
  std::vector<Scene> scenes;
  for (const Event& event : events) {
    scenes.push_back(sample_action(event, draw_action_frames(random), random));
    scenes.back().background = scenes[0].background;
    scenes.back().bystander = scenes[0].bystander;
  }
  return scenes;
}

std::vector<Scene> sample_orders_and_directions(RandomStream& random) {
  const auto differs_backwards = [](const Shot& shot) { return is_reversible(shot.event); };
  Scene scene;
  do {
    scene = sample_scene(Split::kTrain, {kShortShotFrames, kShortShotFrames}, random);
  } while (!std::ranges::all_of(scene.shots, differs_backwards));

  std::vector<Scene> scenes;
  for (int choice = 0; choice < kContrastSet; ++choice) {  // a bit each: first backwards, second backwards, swapped
    Scene other = with_reversed_shots(scene, choice);
    if (choice / 4 == 1) std::swap(other.shots[0], other.shots[1]);
    scenes.push_back(std::move(other));
  }
  return scenes;
}

}  // namespace tvts::world
