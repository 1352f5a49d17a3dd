#include "lab/world/splits.h"

#include <gtest/gtest.h>

#include <set>

#include "lab/world/scene_sampler.h"
#include "tests/lab/world/scene_events.h"

namespace tvts::world {
namespace {

using test::events_of;

std::vector<Scene> scenes(Split split, const std::vector<int>& shots, int count = 200) {
  RandomStream random(3, "splits test");
  std::vector<Scene> all;
  for (int i = 0; i < count; ++i) all.push_back(sample_scene(split, shots, random));
  return all;
}

TEST(WorldSplits, EachSplitHasEveryShapeColourAndKind) {
  for (const Split split : {Split::kTrain, Split::kVal, Split::kTest}) {
    std::set<Shape> shapes;
    std::set<Colour> colours;
    std::set<EventKind> kinds;
    for (const Scene& scene : scenes(split, {12, 12}, 400)) {
      for (const Event& event : events_of(scene)) {
        shapes.insert(event.thing.shape), colours.insert(event.thing.colour), kinds.insert(event.kind);
      }
    }
    EXPECT_EQ(shapes.size(), kShapeCount) << name_of(split);
    EXPECT_EQ(colours.size(), kColourCount) << name_of(split);
    EXPECT_EQ(kinds.size(), kEventKindCount) << name_of(split);
  }
}

TEST(WorldSplits, NoCombinationOfATestClipOccursInTraining) {
  std::set<std::string> trained;
  std::set<std::pair<Family, Family>> trained_pairs;
  const auto learn = [&](const Scene& scene) {
    for (std::size_t i = 0; i < scene.shots.size(); ++i) {
      trained.insert(meaning_of(scene.shots[i].event));
      if (i == 0) continue;
      trained_pairs.emplace(family_of(scene.shots[i - 1].event.kind), family_of(scene.shots[i].event.kind));
    }
  };
  for (const Scene& scene : scenes(Split::kTrain, {12, 12}, 2000)) learn(scene);
  for (const Scene& scene : scenes(Split::kTrain, {40, 40, 40, 40, 40, 40, 40})) learn(scene);
  for (const Split split : {Split::kVal, Split::kTest}) {
    for (const Scene& scene : scenes(split, {12, 12})) {
      const std::vector<Event> events = events_of(scene);
      for (const Event& event : events) EXPECT_FALSE(trained.contains(meaning_of(event))) << meaning_of(event);
      EXPECT_FALSE(trained_pairs.contains({family_of(events[0].kind), family_of(events[1].kind)})) << meaning_of(scene);
    }
  }
}

TEST(WorldSplits, ThingsAreOfOneSplitForBothDirectionsOfTime) {
  for (const Split split : {Split::kTrain, Split::kVal, Split::kTest}) {
    for (const Scene& scene : scenes(split, {12, 12})) {
      for (const Shot& shot : scene.shots) EXPECT_EQ(split_of(reversed(shot).event), split);
    }
  }
}

TEST(WorldSplits, TwinsBelongToTheSplitOfTheirPair) {
  RandomStream random(1, "twins");
  for (int i = 0; i < 100; ++i) {
    const TwinKind kind = i % 2 == 0 ? TwinKind::kOrder : TwinKind::kDirection;
    const Twins twins = sample_twins(kind, Split::kTest, {12, 12}, random);
    EXPECT_TRUE(belongs_to(events_of(twins.one), Split::kTest));
    EXPECT_TRUE(belongs_to(events_of(twins.other), Split::kTest));
    EXPECT_NE(meaning_of(twins.one), meaning_of(twins.other));
  }
}

TEST(WorldSplits, TheThingsOfAClipDiffer) {
  for (const Scene& scene : scenes(Split::kTest, {40, 40, 40, 40, 40, 40, 40}, 50)) {
    std::set<std::pair<Shape, Colour>> things;
    for (const Event& event : events_of(scene)) things.emplace(event.thing.shape, event.thing.colour);
    EXPECT_EQ(things.size(), scene.shots.size());
  }
}

TEST(WorldSplits, StillsForValidationHoldNoThingAtAPlaceOfTraining) {
  for (int shape = 0; shape < kShapeCount; ++shape) {
    for (int position = 0; position < 5; ++position) {
      int held_out = 0;
      for (int colour = 0; colour < kColourCount; ++colour) {
        held_out +=
            split_of_position({static_cast<Shape>(shape), static_cast<Colour>(colour)}, position) == Split::kVal;
      }
      EXPECT_EQ(held_out, 1);
    }
  }
}

}  // namespace
}  // namespace tvts::world
