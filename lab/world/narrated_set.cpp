#include <cstdio>

#include "lab/world/draw.h"
#include "lab/world/file_names.h"
#include "lab/world/narration.h"
#include "lab/world/scene_sampler.h"
#include "lab/world/world_sets.h"
#include "tvts/core/error.h"

namespace tvts::world {
namespace {

constexpr int kClipsPerSubset = 1000;

// Five to seven shots of 4.5 to 5.5 s.
std::vector<int> sample_shot_frames(RandomStream& random) {
  std::vector<int> frames(static_cast<std::size_t>(draw_between(5, 7, random)));
  for (int& length : frames) length = draw_between(36, 44, random);
  return frames;
}

std::string annotation(const Scene& scene, const Narration& narration) {
  Json json = {{"subtitles", Json::array()}, {"denoised", Json::array()}};
  for (const TimedWord& word : narration.subtitles) {
    json["subtitles"].push_back({{"word", word.word}, {"time", word.centiseconds / 100.0}});
  }
  for (const std::string& sentence : narration.denoised) json["denoised"].push_back({{"cleanasr", sentence}});
  json["info"] = {{"duration", static_cast<double>(frame_count(scene)) / kFramesPerSecond}};
  return json.dump() + "\n";
}

void plan_split(const WorldOptions& options, Split split, int first_subset, int count, WorldPlan& plan) {
  std::string list = "Name\n";
  for (int i = 0; i < count; ++i) {
    const std::string id = concat("narrated_", name_of(split), "_", digits(i, 6));
    RandomStream random(options.seed, "world/" + id);
    const std::vector<int> shot_frames = sample_shot_frames(random);
    Scene scene = sample_scene(split, shot_frames, random);
    const Narration narration = narrate(scene, random);
    const std::string subset = concat("subset_", first_subset + i / kClipsPerSubset);
    list += concat(subset, "/data/", id, ".mp4\n");
    plan.texts.push_back(
        {concat("narrated/videos/", subset, "/annotations/", id, ".json"), annotation(scene, narration)});
    plan.add(concat("narrated/videos/", subset, "/data/", id, ".mp4"), std::move(scene), split,
             {{"speech", narration.denoised}});
  }
  plan.texts.push_back({concat("narrated/", name_of(split), ".tsv"), std::move(list)});
  plan.counts["narrated"][name_of(split)] = count;
}

}  // namespace

void plan_narrated(const WorldOptions& options, WorldPlan& plan) {
  const int val = options.val / 4;
  const auto subsets = [](int count) { return (count + kClipsPerSubset - 1) / kClipsPerSubset; };
  plan_split(options, Split::kTrain, 0, options.narrated, plan);
  plan_split(options, Split::kVal, subsets(options.narrated), val, plan);
  plan_split(options, Split::kTest, subsets(options.narrated) + subsets(val), options.test_narrated, plan);
}

}  // namespace tvts::world
