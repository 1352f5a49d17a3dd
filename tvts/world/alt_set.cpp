#include "tvts/core/error.h"
#include "tvts/world/captions.h"
#include "tvts/world/draw.h"
#include "tvts/world/file_names.h"
#include "tvts/world/scene_sampler.h"
#include "tvts/world/world_sets.h"

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
std::vector<int> draw_shots(Split split, RandomStream& random) {
  if (split == Split::kTrain && draw_percent(40, random))
    return {draw_between(kFewestActionFrames, kMostActionFrames, random)};
  return {kShortShotFrames, kShortShotFrames};
}

void plan_split(const WorldOptions& options, AltList list, int count, double twin_share, WorldPlan& plan) {
  int pairs = 0;
  while (list.next < count) {
    RandomStream random(options.seed, concat("world/alt/", name_of(list.split), "/", list.next));
    // Pairs come as often as keeps their share so far.
    const bool whole_block = list.next % 2 == 0;  // of two rows: a sampler keeps such a block in one batch
    if (whole_block && count - list.next >= 2 && 2 * pairs + 1 <= twin_share * (list.next + 2)) {
      const std::vector<int> shots = draw_shots(list.split, random);
      const TwinKind kind = shots.size() == 2 && pairs % 2 == 0 ? TwinKind::kOrder : TwinKind::kDirection;
      Twins twins = sample_twins(kind, list.split, shots, random);
      ++pairs;
      add_clip(std::move(twins.one), random, list, plan);
      add_clip(std::move(twins.other), random, list, plan);
    } else {
      add_clip(sample_scene(list.split, draw_shots(list.split, random), random), random, list, plan);
    }
  }
  plan.texts.push_back({concat("alt/", name_of(list.split), ".tsv"), std::move(list.lines)});
  plan.counts["alt"][name_of(list.split)] = count;
  plan.counts["alt"][concat(name_of(list.split), "_twin_pairs")] = pairs;
}

}  // namespace

void plan_alt(const WorldOptions& options, WorldPlan& plan) {
  plan_split(options, {Split::kTrain}, options.alt, options.twin_share, plan);
  plan_split(options, {Split::kVal}, options.val, 0, plan);
}

}  // namespace tvts::world
