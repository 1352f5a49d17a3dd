#include "lab/world/scene_json.h"

namespace tvts::world {
namespace {

Json to_json(const Thing& thing) { return {{"colour", name_of(thing.colour)}, {"shape", name_of(thing.shape)}}; }

Json to_json(const Pose& pose) { return {pose.x, pose.y, pose.radius, pose.angle, pose.opacity}; }

Json to_json(const Background& background) {
  return {{"backdrop", name_of(background.backdrop)}, {"variant", background.variant}};
}

Json to_json(const Shot& shot) {
  Json json = {{"kind", name_of(shot.event.kind)},
               {"thing", to_json(shot.event.thing)},
               {"frames", shot.frames},
               {"from", to_json(shot.from)},
               {"to", to_json(shot.to)}};
  if (shot.event.kind == EventKind::kChangeColour) json["new_colour"] = name_of(shot.event.new_colour);
  if (shot.event.kind == EventKind::kCollide) {
    json["other"] = to_json(shot.event.other);
    json["other_from"] = to_json(shot.other_from);
    json["other_to"] = to_json(shot.other_to);
  }
  return json;
}

}  // namespace

Json to_json(const Scene& scene) {
  Json json = {{"background", to_json(scene.background)}, {"shots", Json::array()}};
  if (scene.bystander) {
    json["bystander"] = {{"thing", to_json(scene.bystander->thing)}, {"pose", to_json(scene.bystander->pose)}};
  }
  for (const Shot& shot : scene.shots) json["shots"].push_back(to_json(shot));
  return json;
}

Json to_json(const Still& still) {
  Json json = {{"background", to_json(still.background)}, {"things", Json::array()}};
  for (const PlacedThing& placed : still.things) {
    json["things"].push_back({{"thing", to_json(placed.thing)},
                              {"place", name_of(placed.position)},
                              {"size", placed.big ? "big" : "small"},
                              {"pose", to_json(placed.pose)}});
  }
  return json;
}

}  // namespace tvts::world
