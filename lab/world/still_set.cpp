#include "lab/world/captions.h"
#include "lab/world/file_names.h"
#include "lab/world/world_sets.h"
#include "tvts/core/error.h"

namespace tvts::world {
namespace {

void plan_split(const WorldOptions& options, Split split, int count, WorldPlan& plan) {
  std::string list = "path,caption,register\n";
  for (int i = 0; i < count; ++i) {
    RandomStream random(options.seed, concat("world/stills/", name_of(split), "/", i));
    Still still = sample_still(split, random);
    const std::string name = concat("images/", name_of(split), "_", digits(i / 1000, 3), "/", digits(i, 6), ".png");
    Json captions;
    for (const Register reg : {Register::kSpeech, Register::kAlt, Register::kQuery}) {
      const std::string caption = still_caption(reg, still, random);
      list += concat(name, ",\"", caption, "\",", name_of(reg), "\n");
      captions[std::string(name_of(reg))] = caption;
    }
    plan.add("stills/" + name, std::move(still), split, captions);
  }
  plan.texts.push_back({concat("stills/", name_of(split), ".csv"), std::move(list)});
  plan.counts["stills"][name_of(split)] = count;
}

}  // namespace

void plan_stills(const WorldOptions& options, WorldPlan& plan) {
  plan_split(options, Split::kTrain, options.stills, plan);
  plan_split(options, Split::kVal, options.val, plan);
}

}  // namespace tvts::world
