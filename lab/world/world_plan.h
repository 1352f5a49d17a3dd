// All files of a world, as scenes and texts; nothing is drawn or written yet.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "lab/world/options.h"
#include "lab/world/scene.h"
#include "lab/world/splits.h"
#include "lab/world/still.h"
#include "tvts/core/json/parse_json.h"

namespace tvts::world {

struct MediaFile {
  std::string path;  // in the world's folder
  std::variant<Scene, Still> content;
};

struct TextFile {
  std::string path;
  std::string content;
};

struct WorldPlan {
  std::vector<MediaFile> media;
  std::vector<TextFile> texts;
  std::map<std::string, std::string> truth;  // split -> JSON lines
  Json counts;                               // what world.json says of each set

  // The file, and a line in its split's truth. `captions` go into that line.
  void add(std::string path, Scene scene, Split split, const Json& captions);
  void add(std::string path, Still still, Split split, const Json& captions);
};

WorldPlan plan_world(const WorldOptions& options);

}  // namespace tvts::world
