#include "lab/world/scene.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tvts/core/error.h"

namespace tvts::world {
namespace {

constexpr std::array<std::string_view, kShapeCount> kShapes = {"disc", "square", "triangle", "ring", "cross"};
constexpr std::array<std::string_view, kColourCount> kColours = {"red",  "orange", "yellow", "green",
                                                                 "cyan", "blue",   "pink"};
constexpr std::array<std::string_view, kBackdropCount> kBackdrops = {"dark",   "light",    "stripes",
                                                                     "checks", "gradient", "speckles"};
constexpr std::array<std::string_view, kEventKindCount> kKinds = {
    "moving left",     "moving right", "moving up",         "moving down",
    "growing",         "shrinking",    "turning clockwise", "turning counterclockwise",
    "changing colour", "appearing",    "vanishing",         "colliding"};

std::string words(const Thing& thing) { return concat(name_of(thing.colour), " ", name_of(thing.shape)); }

}  // namespace

int frame_count(const Scene& scene) {
  int frames = 0;
  for (const Shot& shot : scene.shots) frames += shot.frames;
  return frames;
}

Family family_of(EventKind kind) {
  constexpr std::array<Family, kEventKindCount> kFamilies = {
      Family::kHorizontal, Family::kHorizontal, Family::kVertical, Family::kVertical,
      Family::kSize,       Family::kSize,       Family::kTurn,     Family::kTurn,
      Family::kColour,     Family::kPresence,   Family::kPresence, Family::kMeeting};
  return kFamilies[static_cast<std::size_t>(kind)];
}

EventKind reverse_of(EventKind kind) {
  using enum EventKind;
  constexpr std::array<EventKind, kEventKindCount> kReverse = {
      kRight,     kLeft,         kDown,   kUp,     kShrink, kGrow, kCounterclockwise,
      kClockwise, kChangeColour, kVanish, kAppear, kCollide};
  return kReverse[static_cast<std::size_t>(kind)];
}

bool shows_turning(Shape shape) { return shape != Shape::kDisc && shape != Shape::kRing; }

bool is_reversible(const Event& event) { return event.kind != EventKind::kCollide; }

Shot reversed(Shot shot) {
  if (!is_reversible(shot.event)) return shot;  // there and back again is its own reversal
  std::swap(shot.from, shot.to);
  if (shot.event.kind == EventKind::kChangeColour) std::swap(shot.event.thing.colour, shot.event.new_colour);
  shot.event.kind = reverse_of(shot.event.kind);
  return shot;
}

std::string meaning_of(const Event& event) {
  std::string text = concat(name_of(event.kind), " ", words(event.thing));
  if (event.kind == EventKind::kChangeColour) text += concat(" to ", name_of(event.new_colour));
  if (event.kind == EventKind::kCollide) {
    // Which of two things bumps into the other cannot be seen.
    const std::string one = words(event.thing), other = words(event.other);
    text = concat(name_of(event.kind), " ", std::min(one, other), " with ", std::max(one, other));
  }
  return text;
}

std::string meaning_of(const Scene& scene) {
  std::string text;
  for (const Shot& shot : scene.shots) text += (text.empty() ? "" : ", ") + meaning_of(shot.event);
  return text;
}

std::string_view name_of(Shape shape) { return kShapes[static_cast<std::size_t>(shape)]; }
std::string_view name_of(Colour colour) { return kColours[static_cast<std::size_t>(colour)]; }
std::string_view name_of(Backdrop backdrop) { return kBackdrops[static_cast<std::size_t>(backdrop)]; }
std::string_view name_of(EventKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

}  // namespace tvts::world
