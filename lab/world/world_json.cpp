#include "lab/world/world_json.h"

#include "lab/world/world_sets.h"

namespace tvts::world {
namespace {

template <class Enum>
Json names(int count) {
  Json all = Json::array();
  for (int i = 0; i < count; ++i) all.push_back(name_of(static_cast<Enum>(i)));
  return all;
}

}  // namespace

Json options_json(const WorldOptions& options) {
  return {{"format", "tvts-world"},
          {"version", kWorldVersion},
          {"seed", options.seed},
          {"size", options.side},
          {"narrated", options.narrated},
          {"alt", options.alt},
          {"stills", options.stills},
          {"contrast_share", options.contrast_share},
          {"val", options.val},
          {"test", options.test},
          {"twins", options.twins},
          {"test_narrated", options.test_narrated},
          {"test_actions", options.test_actions}};
}

Json world_json(const WorldOptions& options, const WorldPlan& plan) {
  Json json = options_json(options);
  json["frames_per_second"] = kFramesPerSecond;
  json["shapes"] = names<Shape>(kShapeCount);
  json["colours"] = names<Colour>(kColourCount);
  json["backdrops"] = names<Backdrop>(kBackdropCount);
  json["classes"] = names<EventKind>(kEventKindCount);
  json["template"] = kTemplate;
  json["files"] = {{"media", plan.media.size()}, {"texts", plan.texts.size()}};
  json["sets"] = plan.counts;
  return json;
}

}  // namespace tvts::world
