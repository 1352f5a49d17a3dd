// The positions of things at a moment of an event. Frame n-1-f of a shot is frame f of the reversed shot, exactly:
// every value is a weighted sum whose two terms are swapped.
#include <algorithm>

#include "lab/world/picture.h"

namespace tvts::world {
namespace {

// Progress as a fraction of whole numbers, 0 to 1.
struct Progress {
  int done, whole;
  int between(int from, int to) const { return (from * (whole - done) + to * done) / whole; }
};

Progress linear(int frame, int frames) { return frames > 1 ? Progress{frame, frames - 1} : Progress{1, 2}; }

// All of it in the middle third: before it is one thing, after it another.
Progress in_the_middle(Progress p) { return {std::clamp(3 * p.done - p.whole, 0, p.whole), p.whole}; }

Progress there_and_back(Progress p) { return {2 * std::min(p.done, p.whole - p.done), p.whole}; }

Pose between(const Pose& from, const Pose& to, Progress p) {
  return {p.between(from.x, to.x), p.between(from.y, to.y), p.between(from.radius, to.radius),
          p.between(from.angle, to.angle), p.between(from.opacity, to.opacity)};
}

Rgb between(const Rgb& from, const Rgb& to, Progress p) {
  return {p.between(from.red, to.red), p.between(from.green, to.green), p.between(from.blue, to.blue)};
}

Progress progress_of(const Event& event, Progress p) {
  switch (family_of(event.kind)) {
    case Family::kColour:
    case Family::kPresence: return in_the_middle(p);
    case Family::kMeeting: return there_and_back(p);
    default: return p;
  }
}

}  // namespace

std::vector<Sprite> sprites_of(const Shot& shot, int frame) {
  const Event& event = shot.event;
  const Progress p = progress_of(event, linear(frame, shot.frames));
  const Rgb colour = rgb_of(event.thing.colour);
  const Rgb last = event.kind == EventKind::kChangeColour ? rgb_of(event.new_colour) : colour;
  std::vector<Sprite> sprites = {{event.thing.shape, between(colour, last, p), between(shot.from, shot.to, p)}};
  if (event.kind == EventKind::kCollide) {
    sprites.push_back({event.other.shape, rgb_of(event.other.colour), between(shot.other_from, shot.other_to, p)});
  }
  return sprites;
}

}  // namespace tvts::world
