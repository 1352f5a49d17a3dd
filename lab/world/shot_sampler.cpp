#include "lab/world/shot_sampler.h"

#include "lab/world/draw.h"

namespace tvts::world {
namespace {

constexpr int percent(int share) { return kSide * share / 100; }

// Drawn so that a thing and its reversal have the same poses: only kinds that go the one way are written down below.
struct Poses {
  Pose from, to;
};

Pose sample_pose(RandomStream& random) {
  Pose pose;
  pose.radius = draw_between(percent(13), percent(17), random);
  pose.x = draw_between(percent(28), percent(72), random);
  pose.y = draw_between(percent(28), percent(72), random);
  return pose;
}

// Two positions at least 40 % of the frame apart, along one axis.
Poses along(int Pose::*axis, Poses poses, RandomStream& random) {
  const int span = draw_between(percent(40), percent(62), random);
  poses.from.*axis = draw_between(percent(18), percent(82) - span, random);
  poses.to.*axis = poses.from.*axis + span;
  return poses;
}

Poses of_other_size(Poses poses, RandomStream& random) {
  poses.from.radius = draw_between(percent(7), percent(9), random);
  poses.to.radius = draw_between(percent(20), percent(25), random);
  return poses;
}

// A square looks the same after a quarter of a turn, so it turns less than that.
Poses turned(Shape shape, Poses poses, RandomStream& random) {
  poses.from.radius = poses.to.radius = draw_between(percent(17), percent(22), random);
  poses.from.angle = draw_between(0, kFullTurn - 1, random);
  const int degrees = shape == Shape::kSquare ? draw_between(65, 78, random) : draw_between(120, 170, random);
  poses.to.angle = poses.from.angle + degrees * kFullTurn / 360;
  return poses;
}

Poses sample_poses(const Event& event, RandomStream& random) {
  Poses poses;
  poses.from = poses.to = sample_pose(random);
  switch (family_of(event.kind)) {
    case Family::kHorizontal: return along(&Pose::x, poses, random);
    case Family::kVertical: return along(&Pose::y, poses, random);
    case Family::kSize: return of_other_size(poses, random);
    case Family::kTurn: return turned(event.thing.shape, poses, random);
    case Family::kPresence: poses.from.opacity = 0; return poses;
    case Family::kColour:
    case Family::kMeeting: return poses;
  }
  return poses;
}

// The two come from opposite sides, touch in the middle and go back.
void sample_meeting(Shot& shot, RandomStream& random) {
  const bool flat = draw_percent(50, random);
  const bool swapped = draw_percent(50, random);
  int Pose::*const axis = flat ? &Pose::x : &Pose::y;
  const int radius = draw_between(percent(12), percent(15), random);
  const int across = draw_between(percent(30), percent(70), random);
  Pose low, high;
  low.radius = high.radius = radius;
  low.*(flat ? &Pose::y : &Pose::x) = high.*(flat ? &Pose::y : &Pose::x) = across;
  low.*axis = percent(14), high.*axis = percent(86);
  Pose low_met = low, high_met = high;
  low_met.*axis = kSide / 2 - radius, high_met.*axis = kSide / 2 + radius;
  shot.from = swapped ? high : low, shot.to = swapped ? high_met : low_met;
  shot.other_from = swapped ? low : high, shot.other_to = swapped ? low_met : high_met;
}

bool is_backward(EventKind kind) {
  using enum EventKind;
  return kind == kLeft || kind == kUp || kind == kShrink || kind == kCounterclockwise || kind == kVanish;
}

}  // namespace

Shot sample_shot(const Event& event, int frames, RandomStream& random) {
  Shot shot{.event = event, .frames = frames};
  const Poses poses = sample_poses(event, random);
  shot.from = is_backward(event.kind) ? poses.to : poses.from;
  shot.to = is_backward(event.kind) ? poses.from : poses.to;
  if (event.kind == EventKind::kCollide) sample_meeting(shot, random);
  return shot;
}

}  // namespace tvts::world
