// Assigns combinations to training, validation and test. The same for every seed, so that a model trained on one world
// can be tested on another; by Latin squares rather than by a hash, so that every shape, colour and kind of event has
// its share in each split.
#pragma once

#include <string_view>
#include <vector>

#include "lab/world/scene.h"

namespace tvts::world {

enum class Split : std::uint8_t { kTrain, kVal, kTest };
std::string_view name_of(Split split);

// Of (shape, colour) x family; of (shape, two colours) for a change of colour. A collision has a cell for either thing;
// the event is in a split when both are, and in none otherwise (nullopt).
std::optional<Split> split_of(const Event& event);
// Of two families that follow each other, in either order: kTrain, or kTest for those held out of training.
Split split_of_pair(Family first, Family second);
// Of a thing at one of five positions: kTrain or kVal.
Split split_of_position(const Thing& thing, int position);

// True if a clip of these events belongs to the split. Training: its cells and neighbouring pairs are all kTrain.
// Validation and test: its cells are all of the split; the pairs of clips of two events are held out too.
bool belongs_to(const std::vector<Event>& events, Split split);

}  // namespace tvts::world
