#include "tvts/train/loop/run_folder.h"

#include <filesystem>

#include "tvts/core/folders.h"
#include "tvts/core/input_file.h"
#include "tvts/core/json/struct_fields.h"
#include "tvts/core/whole_file.h"
#include "tvts/train/loop/config_difference.h"

namespace tvts {
namespace {

// The keys that may change when a run is resumed: where it runs and writes, what it logs and validates, and its
// version.
const std::vector<std::string> kMayChange = {"output",     "device",     "data",   "log_every_steps",
                                             "validation", "checkpoint", "version"};

// A key that the config of an earlier version lacks has the value that was the only one then: its default.
Json with_defaults(const Json& found) {
  Json all = parse_json(train_config_to_json(TrainConfig{}));
  all.merge_patch(found);
  return all;
}

Json read_config(const std::string& path) {
  return fields::parse_object(read_file(path), path,
                              "the config of a run: put a copy of the file back, or choose another "
                              "output folder");
}

void require_same_run(const std::string& path, const Json& found, const Json& now) {
  const auto difference = first_difference(now, found, kMayChange);
  if (!difference) return;
  fail_usage(path, " is of another run: ", difference->key, " is ", difference->second, " there and ",
             difference->first, " now; choose another output folder, or remove that one");
}

bool is_left_by_a_start(const std::string& name) {
  return name == "_lock" || (name.starts_with("config.json.") && name.ends_with(".part"));
}

// Nothing is written into a folder that holds something else, not even the lock.
void require_run_or_nothing(const RunFolder& folder) {
  if (std::filesystem::exists(folder.config())) return;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    const std::string name = entry.path().filename().native();
    if (is_left_by_a_start(name)) continue;
    fail_usage(folder.path(), " holds ", name,
               " and no config.json, so it is no run's; choose another output folder, or an empty one");
  }
}

}  // namespace

std::string RunFolder::recorded_precision() const {
  if (!std::filesystem::exists(config())) return "";
  const Json found = read_config(config());
  const auto precision = found.find("precision");
  return precision != found.end() && precision->is_string() ? precision->get<std::string>() : "";
}

FolderLock RunFolder::claim(const TrainConfig& config, const std::string& code_version) const {
  make_folder(path_);
  require_run_or_nothing(*this);
  FolderLock lock(path_, "the run");
  remove_leftovers(path_);
  Json now = parse_json(train_config_to_json(config));
  now["version"] = code_version;
  if (std::filesystem::exists(this->config())) {
    require_same_run(this->config(), with_defaults(read_config(this->config())), now);
  }
  write_whole_file(this->config(), now.dump(2) + "\n");
  return lock;
}

}  // namespace tvts
