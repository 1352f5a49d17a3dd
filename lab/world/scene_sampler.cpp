#include "lab/world/scene_sampler.h"

#include <algorithm>

#include "lab/world/draw.h"
#include "lab/world/shot_sampler.h"
#include "tvts/core/error.h"

namespace tvts::world {
namespace {

Event any_event(EventKind kind, RandomStream& random) {
  Event event{.kind = kind, .thing = sample_thing(random)};
  if (kind == EventKind::kChangeColour) event.new_colour = draw_enum<Colour>(kColourCount, random);
  if (kind == EventKind::kCollide) event.other = sample_thing(random);
  return event;
}

bool is_possible(const Event& event) {
  if (family_of(event.kind) == Family::kTurn) return shows_turning(event.thing.shape);
  if (event.kind == EventKind::kChangeColour) return event.new_colour != event.thing.colour;
  if (event.kind == EventKind::kCollide) return event.other != event.thing;
  return true;
}

// All that can be seen in the course of an event.
std::vector<Thing> things_of(const Event& event) {
  std::vector<Thing> things = {event.thing};
  if (event.kind == EventKind::kChangeColour) things.push_back({event.thing.shape, event.new_colour});
  if (event.kind == EventKind::kCollide) things.push_back(event.other);
  return things;
}

bool share_a_thing(const Event& one, const Event& other) {
  const std::vector<Thing> things = things_of(one);
  return std::ranges::any_of(things_of(other),
                             [&](const Thing& thing) { return std::ranges::count(things, thing) > 0; });
}

// Draws until the events so far belong to the split; a start that cannot be gone on with is given up.
bool extend(std::vector<Event>& events, Split split, bool last, RandomStream& random) {
  for (int attempt = 0; attempt < 200; ++attempt) {
    const EventKind kind = draw_enum<EventKind>(kEventKindCount, random);
    Event event = sample_event(kind, split, random);
    if (std::ranges::any_of(events, [&](const Event& before) { return share_a_thing(before, event); })) continue;
    events.push_back(event);
    if (!last || belongs_to(events, split)) return true;
    events.pop_back();
  }
  return false;
}

std::vector<Event> sample_events(std::size_t count, Split split, RandomStream& random) {
  for (;;) {
    std::vector<Event> events;
    while (events.size() < count) {
      // A half of a held-out clip of two events says nothing about its pair.
      const bool check = split == Split::kTrain || events.size() + 1 == count;
      if (!extend(events, split, check, random)) break;
    }
    if (events.size() == count) return events;
  }
}

std::optional<StillThing> sample_bystander(RandomStream& random) {
  if (!draw_percent(35, random)) return std::nullopt;
  const int x = draw_between(0, 1, random), y = draw_between(0, 1, random);
  constexpr int kInset = kSide / 12;
  Pose pose{.x = x == 0 ? kInset : kSide - kInset, .y = y == 0 ? kInset : kSide - kInset, .radius = kSide / 20};
  return StillThing{sample_thing(random), pose};
}

Scene direction_twin(Scene scene, RandomStream& random) {
  const bool first = is_reversible(scene.shots[0].event), second = is_reversible(scene.shots[1].event);
  const int choice = first && second ? draw_between(1, 3, random) : (first ? 1 : 0) + (second ? 2 : 0);
  return with_reversed_shots(std::move(scene), choice);
}

}  // namespace

Thing sample_thing(RandomStream& random) {
  const Shape shape = draw_enum<Shape>(kShapeCount, random);
  return {shape, draw_enum<Colour>(kColourCount, random)};
}

Background sample_background(RandomStream& random) {
  const Backdrop backdrop = draw_enum<Backdrop>(kBackdropCount, random);
  return {backdrop, draw_between(0, 255, random)};
}

Event sample_event(EventKind kind, Split split, RandomStream& random) {
  for (;;) {
    const Event event = any_event(kind, random);
    if (is_possible(event) && split_of(event) == split) return event;
  }
}

Event sample_event_of(const Thing& thing, Split split, RandomStream& random) {
  for (;;) {
    Event event = any_event(draw_enum<EventKind>(kEventKindCount, random), random);
    event.thing = thing;
    if (is_possible(event) && split_of(event) == split) return event;
  }
}

Scene sample_scene(Split split, const std::vector<int>& shot_frames, RandomStream& random) {
  Scene scene{.background = sample_background(random), .bystander = sample_bystander(random)};
  const std::vector<Event> events = sample_events(shot_frames.size(), split, random);
  for (std::size_t i = 0; i < events.size(); ++i) {
    scene.shots.push_back(sample_shot(events[i], shot_frames[i], random));
  }
  return scene;
}

int draw_action_frames(RandomStream& random) { return draw_between(16, 24, random); }

Scene sample_action(const Event& event, int frames, RandomStream& random) {
  Scene scene{.background = sample_background(random), .bystander = sample_bystander(random)};
  scene.shots.push_back(sample_shot(event, frames, random));
  return scene;
}

Scene with_reversed_shots(Scene scene, int choice) {
  for (std::size_t i = 0; i < scene.shots.size(); ++i) {
    if ((choice >> i) % 2 == 1) scene.shots[i] = reversed(scene.shots[i]);
  }
  return scene;
}

std::string_view name_of(TwinKind kind) { return kind == TwinKind::kOrder ? "order" : "direction"; }

Twins sample_twins(TwinKind kind, Split split, const std::vector<int>& shot_frames, RandomStream& random) {
  TVTS_ASSERT(shot_frames.size() == 2);
  Scene scene = sample_scene(split, shot_frames, random);
  if (kind == TwinKind::kOrder) {
    Scene other = scene;
    std::swap(other.shots[0], other.shots[1]);
    return {scene, other};
  }
  while (!is_reversible(scene.shots[0].event) && !is_reversible(scene.shots[1].event)) {
    scene = sample_scene(split, shot_frames, random);
  }
  Scene other = direction_twin(scene, random);
  return {std::move(scene), std::move(other)};
}

}  // namespace tvts::world
