// Scenes drawn at random from the combinations of a split.
#pragma once

#include <vector>

#include "lab/world/scene.h"
#include "lab/world/splits.h"
#include "tvts/core/random.h"

namespace tvts::world {

Background sample_background(RandomStream& random);
Thing sample_thing(RandomStream& random);

// One event of a kind that belongs to the split.
Event sample_event(EventKind kind, Split split, RandomStream& random);

// One event that happens to the thing, of any kind that the split has for it.
Event sample_event_of(const Thing& thing, Split split, RandomStream& random);

// A clip with one shot for each length given (frames), on things that differ from shot to shot.
Scene sample_scene(Split split, const std::vector<int>& shot_frames, RandomStream& random);

// Number of frames in a clip of one event.
int draw_action_frames(RandomStream& random);

// A clip of one event.
Scene sample_action(const Event& event, int frames, RandomStream& random);

// The scene with time running backwards in shot i where bit i of `choice` is set.
Scene with_reversed_shots(Scene scene, int choice);

// The difference of the two clips of a pair.
enum class TwinKind : std::uint8_t { kOrder, kDirection };
std::string_view name_of(TwinKind kind);

// A scene of two shots that has a twin of that kind, and the twin: the shots in the other order, or one shot or both
// with time running backwards. The two clips of a pair consist of the same frames.
struct Twins {
  Scene one, other;
};
Twins sample_twins(TwinKind kind, Split split, const std::vector<int>& shot_frames, RandomStream& random);

}  // namespace tvts::world
