#include "lab/world/splits.h"

#include <algorithm>

namespace tvts::world {
namespace {

// Residues modulo 7, the number of colours and of families: each row and column of a square meets each residue once.
// Of all such squares this is one in which the colours of each split come closest to being equally frequent.
Split split_of_residue(int residue) {
  if (residue == 3) return Split::kVal;
  return residue == 2 || residue == 5 ? Split::kTest : Split::kTrain;
}

int residue_of(Shape shape, int colours, int aspect) {
  return (3 * static_cast<int>(shape) + colours + aspect) % kColourCount;
}

Split split_of_cell(const Thing& thing, Family family) {
  return split_of_residue(residue_of(thing.shape, static_cast<int>(thing.colour), static_cast<int>(family)));
}

}  // namespace

std::string_view name_of(Split split) {
  constexpr std::string_view kNames[] = {"train", "val", "test"};
  return kNames[static_cast<std::size_t>(split)];
}

std::optional<Split> split_of(const Event& event) {
  const Family family = family_of(event.kind);
  if (family == Family::kColour) {
    const int colours = static_cast<int>(event.thing.colour) + static_cast<int>(event.new_colour);
    return split_of_residue(residue_of(event.thing.shape, colours, static_cast<int>(family)));
  }
  const Split split = split_of_cell(event.thing, family);
  if (family == Family::kMeeting && split_of_cell(event.other, family) != split) return std::nullopt;
  return split;
}

Split split_of_pair(Family first, Family second) {
  const int residue = (static_cast<int>(first) + static_cast<int>(second)) % kFamilyCount;
  return residue == 1 || residue == 5 ? Split::kTest : Split::kTrain;
}

Split split_of_position(const Thing& thing, int position) {
  const Split split = split_of_residue(residue_of(thing.shape, static_cast<int>(thing.colour), position));
  return split == Split::kVal ? Split::kVal : Split::kTrain;
}

bool belongs_to(const std::vector<Event>& events, Split split) {
  if (!std::ranges::all_of(events, [&](const Event& event) { return split_of(event) == split; })) return false;
  const Split pairs = split == Split::kTrain ? Split::kTrain : Split::kTest;
  if (split != Split::kTrain && events.size() != 2) return true;
  for (std::size_t i = 0; i + 1 < events.size(); ++i) {
    if (split_of_pair(family_of(events[i].kind), family_of(events[i + 1].kind)) != pairs) return false;
  }
  return true;
}

}  // namespace tvts::world
