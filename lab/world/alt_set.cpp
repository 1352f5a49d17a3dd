#include <algorithm>

#include "lab/world/captions.h"
#include "lab/world/contrast_set.h"
#include "lab/world/draw.h"
#include "lab/world/file_names.h"
#include "lab/world/scene_sampler.h"
#include "lab/world/world_sets.h"
#include "tvts/core/error.h"

namespace tvts::world {
namespace {

constexpr int kClipsPerPage = 50;  // page_dir names like 000051_000100

struct AltList {
  Split split;
  int next = 0;
  std::string lines;
};

void add_clip(Scene scene, RandomStream& random, AltList& list, WorldPlan& plan) {
  const int first = list.next / kClipsPerPage * kClipsPerPage + 1;
  const std::string page =
      concat(list.split == Split::kTrain ? "" : "val_", digits(first, 6), "_", digits(first + kClipsPerPage - 1, 6));
  const std::string id = concat(list.split == Split::kTrain ? 1 : 2, digits(list.next++, 7));
  const std::string caption = alt_caption(scene, random);
  list.lines += concat(caption, "\t", page, "/", id, "\n");
  plan.add(concat("alt/train/", page, "/", id, ".mp4"), std::move(scene), list.split, {{"alt", caption}});
}

// Two events in a row, or in two of five training clips one, from which what an event looks like is learned sooner.
Scene sample_clip(Split split, RandomStream& random) {
  std::vector<int> shots = {kShortShotFrames, kShortShotFrames};
  if (split == Split::kTrain && draw_percent(40, random)) {
    shots = {draw_action_frames(random)};
  }
  return sample_scene(split, shots, random);
}

// The list's rows in blocks of eight: contrast sets of the two kinds in turn, as often as keeps their share so far,
// and clips drawn one by one.
void plan_split(const WorldOptions& options, AltList list, int count, double contrast_share, WorldPlan& plan) {
  int sets = 0;
  while (list.next < count) {
    RandomStream random(options.seed, concat("world/alt/", name_of(list.split), "/", list.next));
    const int rows = std::min(kContrastSet, count - list.next);
    std::vector<Scene> scenes;
    if (rows == kContrastSet && kContrastSet * sets + 1 <= contrast_share * (list.next + kContrastSet)) {
      scenes = sets++ % 2 == 0 ? sample_events_of_one_thing(random) : sample_orders_and_directions(random);
    } else {
      for (int i = 0; i < rows; ++i) scenes.push_back(sample_clip(list.split, random));
    }
    for (Scene& scene : scenes) add_clip(std::move(scene), random, list, plan);
  }
  plan.texts.push_back({concat("alt/", name_of(list.split), ".tsv"), std::move(list.lines)});
  plan.counts["alt"][name_of(list.split)] = count;
  plan.counts["alt"][concat(name_of(list.split), "_contrast_sets")] = sets;
}

}  // namespace

void plan_alt(const WorldOptions& options, WorldPlan& plan) {
  plan_split(options, {Split::kTrain}, options.alt, options.contrast_share, plan);
  plan_split(options, {Split::kVal}, options.val, 0, plan);
}

}  // namespace tvts::world
