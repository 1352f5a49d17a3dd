#include "lab/world/contrast_set.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "lab/world/picture.h"
#include "lab/world/scene_sampler.h"
#include "lab/world/splits.h"
#include "tests/lab/world/scene_events.h"

namespace tvts::world {
namespace {

using test::events_of;

void expect_training_clips_of_eight_meanings(const std::vector<Scene>& scenes) {
  std::set<std::string> meanings;
  for (const Scene& scene : scenes) {
    EXPECT_TRUE(belongs_to(events_of(scene), Split::kTrain));
    meanings.insert(meaning_of(scene));
  }
  EXPECT_EQ(meanings.size(), 8U);
}

TEST(ContrastSet, EventsOfOneThingAreEightTrainingClipsOfThatThing) {
  RandomStream random(1, "contrast");
  for (int i = 0; i < 100; ++i) {
    const std::vector<Scene> scenes = sample_events_of_one_thing(random);
    expect_training_clips_of_eight_meanings(scenes);
    for (const Scene& scene : scenes) {
      ASSERT_EQ(scene.shots.size(), 1U);
      EXPECT_EQ(scene.shots[0].event.thing, scenes[0].shots[0].event.thing);
      EXPECT_EQ(scene.background, scenes[0].background);
      EXPECT_EQ(scene.bystander, scenes[0].bystander);
    }
  }
}

TEST(ContrastSet, EventsOfOneThingAreOfEveryKindThatTrainingClipsHaveForIt) {
  RandomStream random(1, "contrast");
  for (int i = 0; i < 100; ++i) {
    const std::vector<Scene> scenes = sample_events_of_one_thing(random);
    const Thing thing = scenes[0].shots[0].event.thing;
    std::set<EventKind> possible, shown;
    for (int draw = 0; draw < 1000; ++draw) possible.insert(sample_event_of(thing, Split::kTrain, random).kind);
    for (const Scene& scene : scenes) shown.insert(scene.shots[0].event.kind);
    EXPECT_EQ(shown.size(), std::min<std::size_t>(possible.size(), 8));
  }
}

TEST(ContrastSet, OrdersAndDirectionsAreEightTrainingClipsOfTheSameFrames) {
  RandomStream random(1, "contrast");
  for (int i = 0; i < 20; ++i) {
    const std::vector<Scene> scenes = sample_orders_and_directions(random);
    expect_training_clips_of_eight_meanings(scenes);
    const auto sorted_frames = [](const Scene& scene) {
      std::vector<std::string> frames;
      draw_scene(scene, 32,
                 [&](const RgbImage& image) { frames.emplace_back(image.pixels.begin(), image.pixels.end()); });
      std::ranges::sort(frames);
      return frames;
    };
    for (const Scene& scene : scenes) EXPECT_EQ(sorted_frames(scene), sorted_frames(scenes[0]));
  }
}

}  // namespace
}  // namespace tvts::world
