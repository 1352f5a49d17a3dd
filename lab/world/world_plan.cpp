#include "lab/world/world_plan.h"

#include "lab/world/scene_json.h"
#include "lab/world/world_sets.h"

namespace tvts::world {
namespace {

template <class Content>
void add_to(WorldPlan& plan, std::string path, Content content, Split split, const Json& captions) {
  Json line = {{"path", path}, {"captions", captions}};
  line.update(to_json(content));
  plan.truth[std::string(name_of(split))] += line.dump() + "\n";
  plan.media.push_back({std::move(path), std::move(content)});
}

}  // namespace

void WorldPlan::add(std::string path, Scene scene, Split split, const Json& captions) {
  add_to(*this, std::move(path), std::move(scene), split, captions);
}

void WorldPlan::add(std::string path, Still still, Split split, const Json& captions) {
  add_to(*this, std::move(path), std::move(still), split, captions);
}

WorldPlan plan_world(const WorldOptions& options) {
  check_options(options);
  WorldPlan plan;
  plan_narrated(options, plan);
  plan_alt(options, plan);
  plan_stills(options, plan);
  plan_twins(options, plan);
  plan_msrvtt(options, plan);
  plan_didemo(options, plan);
  plan_lsmdc(options, plan);
  plan_hmdb51(options, plan);
  plan_ucf101(options, plan);
  plan_k400(options, plan);
  plan_ssv2_mc(options, plan);
  for (auto& [split, lines] : plan.truth) plan.texts.push_back({"truth/" + split + ".jsonl", std::move(lines)});
  plan.truth.clear();
  return plan;
}

}  // namespace tvts::world
