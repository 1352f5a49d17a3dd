#include "lab/world/write_world.h"

#include <filesystem>
#include <set>

#include "lab/world/media_pool.h"
#include "lab/world/world_json.h"
#include "lab/world/world_plan.h"
#include "tvts/core/error.h"
#include "tvts/core/folders.h"
#include "tvts/core/input_file.h"
#include "tvts/core/whole_file.h"

namespace tvts::world {
namespace {

namespace fs = std::filesystem;

// Says from the first file on whose folder this is; world.json says that it is complete.
constexpr const char* kOptionsFile = "options.json";

// Throws Error(kUsage) when the folder holds something else.
void claim_folder(const fs::path& folder, const std::string& options) {
  make_folder(folder);
  remove_leftovers(folder);
  const std::string marker = (folder / kOptionsFile).string();
  if (!fs::exists(marker)) {
    if (!fs::is_empty(folder))
      fail_usage("--output ", folder.string(), " is not empty and holds no world; give another");
    write_whole_file(marker, options);
  } else if (read_file(marker, std::size_t{1} << 20) != options) {
    fail_usage("--output ", folder.string(), " holds a world of other options (", kOptionsFile,
               "); give another folder, or remove this one");
  }
}

void make_folders(const fs::path& folder, const WorldPlan& plan) {
  std::set<fs::path> folders;
  for (const MediaFile& file : plan.media) folders.insert((folder / file.path).parent_path());
  for (const TextFile& file : plan.texts) folders.insert((folder / file.path).parent_path());
  for (const fs::path& one : folders) {
    make_folder(one.native());
    remove_leftovers(one.native());
  }
}

}  // namespace

void write_world(const WriteWorld& request) {
  const WorldPlan plan = plan_world(request.options);
  const fs::path folder = request.folder;
  claim_folder(folder, options_json(request.options).dump(2) + "\n");
  make_folders(folder, plan);
  write_media(plan.media, request);
  for (const TextFile& file : plan.texts) {
    if (!fs::exists(folder / file.path)) write_whole_file((folder / file.path).string(), file.content);
  }
  write_whole_file((folder / "world.json").string(), world_json(request.options, plan).dump(2) + "\n");
}

}  // namespace tvts::world
