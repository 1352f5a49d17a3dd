#include "lab/world/captions.h"
#include "lab/world/file_names.h"
#include "lab/world/scene_sampler.h"
#include "lab/world/world_sets.h"
#include "tvts/core/error.h"

namespace tvts::world {
namespace {

// The captions of a pair use the same phrasing as far as they can.
std::string add_pair(TwinKind kind, const std::string& id, const WorldOptions& options, WorldPlan& plan) {
  RandomStream random(options.seed, "world/twins/" + id);
  Twins twins = sample_twins(kind, Split::kTest, {kShortShotFrames, kShortShotFrames}, random);
  Json line = {{"a", concat("videos/", id, "_a.mp4")}, {"b", concat("videos/", id, "_b.mp4")}};
  const auto add = [&](const char* side, Scene& scene) {
    RandomStream same = random;
    const std::string caption = query_caption(scene, same), alt = alt_caption(scene, same);
    line[concat("caption_", side)] = caption;
    line[concat("alt_", side)] = alt;
    plan.add(concat("twins/videos/", id, "_", side, ".mp4"), std::move(scene), Split::kTest,
             {{"query", caption}, {"alt", alt}});
  };
  add("a", twins.one);
  add("b", twins.other);
  line["kind"] = name_of(kind);
  return line.dump() + "\n";
}

}  // namespace

void plan_twins(const WorldOptions& options, WorldPlan& plan) {
  std::string lines;
  for (const TwinKind kind : {TwinKind::kOrder, TwinKind::kDirection}) {
    for (int i = 0; i < options.twins; ++i) {
      lines += add_pair(kind, concat(name_of(kind), "_", digits(i, 4)), options, plan);
    }
    plan.counts["twins"][std::string(name_of(kind))] = options.twins;
  }
  plan.texts.push_back({"twins/twins.jsonl", std::move(lines)});
}

}  // namespace tvts::world
